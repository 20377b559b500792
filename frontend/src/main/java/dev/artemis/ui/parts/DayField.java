package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.data.binder.ValueContext;
import java.text.DateFormatSymbols;
import java.time.LocalDate;
import java.time.temporal.WeekFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A field for a day, with a calendar in the reader's language; empty is none. */
public final class DayField extends DatePicker {

    private static final long serialVersionUID = 1;

    private static final int DAYS_OF_A_WEEK = 7;
    private static final int MONTHS = 12; // the JDK has a name for a thirteenth

    public DayField(String label) {
        this(label, null);
    }

    /** @param day what it begins with; null: nothing */
    public DayField(String label, @Nullable LocalDate day) {
        super(label, day);
        setI18n(words(getLocale()));
    }

    /**
     * Whether a day was typed, or nothing; if not, says so at the field. What is no day has no value, as if nothing had been typed: ask
     * before that is believed.
     */
    public boolean check() {
        boolean good =
                !getDefaultValidator().apply(getValue(), new ValueContext(this)).isError();
        setErrorMessage(translate("invalid.day"));
        setInvalid(!good);
        return good;
    }

    /** The same where a day must be given. */
    public boolean checkFilled() {
        if (!check()) {
            return false;
        }
        setErrorMessage(translate("required"));
        setInvalid(isEmpty());
        return !isEmpty();
    }

    /** A calendar's words. */
    static DatePickerI18n words(Locale locale) {
        var symbols = DateFormatSymbols.getInstance(locale);
        var words = new DatePickerI18n();
        if (locale.getLanguage().equals(Locale.GERMAN.getLanguage())) {
            // as pages write it; typed it may be shorter
            words.setDateFormats("dd.MM.yyyy", "d.M.yyyy");
        }
        return words.setMonthNames(
                        List.copyOf(Arrays.asList(symbols.getMonths()).subList(0, MONTHS)))
                .setWeekdays(days(symbols.getWeekdays()))
                .setWeekdaysShort(days(symbols.getShortWeekdays()))
                .setFirstDayOfWeek(WeekFields.of(locale).getFirstDayOfWeek().getValue() % DAYS_OF_A_WEEK)
                .setToday(translate("day.today"))
                .setCancel(translate("cancel"));
    }

    /** From Sunday on; the JDK's arrays begin with nothing. */
    private static List<String> days(String[] names) {
        return List.copyOf(Arrays.asList(names).subList(1, DAYS_OF_A_WEEK + 1));
    }
}
