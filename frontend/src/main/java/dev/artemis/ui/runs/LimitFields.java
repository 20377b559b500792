package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.data.binder.ValueContext;
import dev.artemis.projects.LimitName;
import dev.artemis.runs.AllowedLimit;
import dev.artemis.runs.RunRequest;
import dev.artemis.sandbox.Limits;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Keep;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits that one run asks for: empty takes what is usual, and each says what is the most. */
class LimitFields extends Div {

    private static final long serialVersionUID = 1;

    private static final long MIB = 1024L * 1024;

    private final Map<String, BigDecimalField> fields = new LinkedHashMap<>();
    private transient Map<String, AllowedLimit> allowed = Map.of();

    LimitFields() {
        addClassName("artemis-fields");
    }

    /** For another project. What was typed stays. */
    void allow(List<AllowedLimit> limits, Format format) {
        Map<String, AllowedLimit> byName = new LinkedHashMap<>();
        for (AllowedLimit limit : limits) {
            byName.put(limit.name(), limit);
            BigDecimalField field = field(limit.name());
            field.setPlaceholder(format.number(limit.usual()));
            field.setHelperText(translate("submit.at-most", format.number(limit.most())));
        }
        allowed = byName;
    }

    /** Shows the limits of an earlier run, where they are not the usual ones. */
    void take(Limits limits) {
        put("cpu", BigDecimal.valueOf(limits.cpuMillicores(), 3));
        put("memory_mb", BigDecimal.valueOf(limits.memoryBytes() / MIB));
        put("cpu_seconds", seconds(limits.cpuTime()));
        put("timeout_seconds", seconds(limits.wallTimeout()));
        put("file_size_mb", BigDecimal.valueOf(limits.fileSizeBytes() / MIB));
        put("disk_mb", BigDecimal.valueOf(limits.diskBytes() / MIB));
        put("processes", BigDecimal.valueOf(limits.processes()));
        put("open_files", BigDecimal.valueOf(limits.openFiles()));
        put("output_bytes", BigDecimal.valueOf(limits.outputBytes()));
    }

    /** The fields by the API's names. */
    Map<String, HasValidation> byName() {
        Map<String, HasValidation> byName = new LinkedHashMap<>();
        fields.forEach((name, field) -> byName.put("limits." + name, field));
        return byName;
    }

    /** Whether each is empty or within its bounds, and whole where it must be; if not, says so at the field. */
    boolean check() {
        boolean good = true;
        var format = new Format(getLocale(), ZoneOffset.UTC);
        for (AllowedLimit limit : allowed.values()) {
            BigDecimalField field = field(limit.name());
            BigDecimal value = field.getValue();
            boolean whole = value == null
                    || LimitName.of(limit.name()).orElseThrow().hasFractions()
                    || value.stripTrailingZeros().scale() <= 0;
            boolean within =
                    value == null || (value.compareTo(limit.least()) >= 0 && value.compareTo(limit.most()) <= 0);
            // what is no number has no value, as if nothing had been typed
            boolean number = !field.getDefaultValidator()
                    .apply(value, new ValueContext(field))
                    .isError();
            field.setInvalid(false);
            if (!number || !whole || !within) {
                Problems.fault(
                        field,
                        translate(
                                number && !whole ? "submit.limit-whole" : "submit.limit-range",
                                format.number(limit.least()),
                                format.number(limit.most())));
                good = false;
            }
        }
        return good;
    }

    /** What was asked for. Ask {@link #check()} first. */
    RunRequest.LimitsRequest request() {
        return new RunRequest.LimitsRequest(
                value("cpu"),
                whole("memory_mb"),
                value("cpu_seconds"),
                value("timeout_seconds"),
                whole("file_size_mb"),
                whole("disk_mb"),
                whole("processes"),
                whole("open_files"),
                whole("output_bytes"));
    }

    private void put(String name, BigDecimal value) {
        AllowedLimit limit = allowed.get(name);
        boolean usual = limit != null && limit.usual().compareTo(value) == 0;
        field(name)
                .setValue(
                        usual
                                ? null
                                : value.setScale(
                                        Math.max(0, value.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }

    private @Nullable BigDecimal value(String name) {
        return field(name).getValue();
    }

    private @Nullable Long whole(String name) {
        BigDecimal value = value(name);
        return value == null ? null : value.longValueExact();
    }

    private BigDecimalField field(String name) {
        BigDecimalField there = fields.get(name);
        if (there != null) {
            return there;
        }
        var field = Keep.field(new BigDecimalField(translate("limit." + name)), "limit-" + name);
        field.setId("limit-" + name);
        field.setWidthFull();
        fields.put(name, field);
        add(field);
        return field;
    }
}
