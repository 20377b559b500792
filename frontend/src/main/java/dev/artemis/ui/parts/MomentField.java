package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.data.binder.ValueContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A field for a moment that has been, to the minute, in one zone; empty is none. */
public final class MomentField extends DateTimePicker {

    private static final long serialVersionUID = 1;

    private final ZoneId zone;

    /** @param now later than that is not allowed */
    public MomentField(String label, ZoneId zone, Instant now) {
        super(label);
        this.zone = zone;
        setStep(Duration.ofMinutes(1));
        setMax(local(now));
        setDatePickerI18n(DayField.words(getLocale()));
        setDateAriaLabel(translate("moment.day"));
        setTimeAriaLabel(translate("moment.time"));
    }

    /**
     * Whether a moment until now was typed, or nothing; if not, says so at the field. What is no moment, such as a day without a time, has
     * no value, as if nothing had been typed: ask before that is believed.
     */
    public boolean check(Instant now) {
        setMax(local(now));
        boolean good =
                !getDefaultValidator().apply(getValue(), new ValueContext(this)).isError();
        setErrorMessage(translate("invalid.moment"));
        setInvalid(!good);
        return good;
    }

    /** What was typed; of an hour that a zone's clocks show twice, the first. */
    public Optional<Instant> moment() {
        return getOptionalValue().map(typed -> typed.atZone(zone).toInstant());
    }

    /** The minute that runs has been. */
    private LocalDateTime local(Instant now) {
        return LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.MINUTES);
    }
}
