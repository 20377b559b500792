package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.audit.AuditEntry;
import dev.artemis.runs.RunStatus;
import dev.artemis.shared.Role;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an entry of the audit log tells of a change, field by field, as pages write it. */
final class ChangeWords {

    /** Of which fields there are words; others are shown by their own names. */
    static final Set<String> KNOWN = Set.of(
            "alert_thresholds",
            "allow",
            "allow_unscanned",
            "amount",
            "block",
            "cpu_second_rate",
            "daily",
            "default_limits",
            "delivery",
            "disabled",
            "expires_at",
            "format",
            "free",
            "gib_second_rate",
            "grace_until",
            "max_running_runs",
            "maximum_limits",
            "model",
            "monthly",
            "name",
            "percent",
            "platform_role",
            "project",
            "provider",
            "reason",
            "recipients",
            "reserved",
            "rhythm",
            "role",
            "scan_policy",
            "scopes",
            "status",
            "suspended",
            "target",
            "time_zone",
            "valid_from",
            "valid_to",
            "value",
            "way");

    private static final Set<String> AMOUNTS =
            Set.of("amount", "cpu_second_rate", "daily", "gib_second_rate", "monthly", "reserved");

    /** Where a change is of one value, which has no name: a role, for one. */
    private static final String WITHOUT_NAME = "value";

    private static final Set<String> ROLES =
            Arrays.stream(Role.values()).map(Role::name).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> STATUS =
            Arrays.stream(RunStatus.values()).map(RunStatus::name).collect(Collectors.toUnmodifiableSet());
    /** A rate has more digits than a double. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Format format;
    private final Map<String, String> names;

    /** @param names what to show for ids */
    ChangeWords(Format format, Map<String, String> names) {
        this.format = format;
        this.names = names;
    }

    /** A field by its name, and what became of it. */
    record Line(String field, String words) {}

    /** What is other than before; of something new or gone all that is known of it. */
    List<Line> of(AuditEntry entry) {
        Map<String, JsonNode> before = fields(entry.before());
        Map<String, JsonNode> after = fields(entry.after());
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all.stream()
                .filter(field -> !Objects.equals(before.get(field), after.get(field)))
                .map(field -> new Line(title(field), words(entry, field, before.get(field), after.get(field))))
                .toList();
    }

    private String words(AuditEntry entry, String field, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (entry.before() == null) {
            return value(field, after);
        }
        return entry.after() == null
                ? translate("audit.was", value(field, before))
                : translate("audit.from-to", value(field, before), value(field, after));
    }

    /** Fields within others by the names of all. */
    private static Map<String, JsonNode> fields(@Nullable String kept) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        if (kept != null) {
            collect("", JSON.readTree(kept), fields);
        }
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> fields) {
        if (node.isObject()) {
            node.properties().forEach(one -> collect(path + "." + one.getKey(), one.getValue(), fields));
        } else if (node.isArray() && node.values().stream().anyMatch(JsonNode::isContainer)) {
            for (int n = 0; n < node.size(); n++) {
                collect(path + "." + (n + 1), node.get(n), fields);
            }
        } else if (!node.isNull()) {
            fields.put(path.isEmpty() ? WITHOUT_NAME : path.substring(1), node);
        }
    }

    private static String title(String path) {
        return Arrays.stream(path.split("\\.")).map(ChangeWords::word).collect(Collectors.joining(": "));
    }

    private static String word(String name) {
        if (KNOWN.contains(name)) {
            return translate("audit.field." + name);
        }
        String words = name.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private String value(String path, @Nullable JsonNode value) {
        if (value == null) {
            return translate("audit.nothing");
        }
        String field = path.substring(path.lastIndexOf('.') + 1);
        if (value.isBoolean()) {
            return translate(value.booleanValue() ? "audit.yes" : "audit.no");
        }
        if (value.isArray()) {
            return value.isEmpty()
                    ? translate("audit.nothing")
                    : value.values().stream().map(one -> scalar(field, one)).collect(Collectors.joining(", "));
        }
        return scalar(field, value);
    }

    private String scalar(String field, JsonNode value) {
        String text = value.asString();
        if (AMOUNTS.contains(field)) {
            return amount(text);
        }
        if (value.isNumber()) {
            return format.digits(value.decimalValue());
        }
        if (ROLES.contains(text)) {
            return translate("role." + text);
        }
        if (field.equals("status") && STATUS.contains(text)) {
            return translate("run.status." + text);
        }
        return time(names.getOrDefault(text, text));
    }

    private String amount(String text) {
        try {
            return format.exact(new Usd(new BigDecimal(text)));
        } catch (IllegalArgumentException unknown) {
            return text;
        }
    }

    /** As it is where it is none. */
    private String time(String text) {
        try {
            return text.endsWith("Z") ? format.precise(Instant.parse(text)) : format.date(LocalDate.parse(text));
        } catch (DateTimeException none) {
            return text;
        }
    }
}
