package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.access.ApiKeys;
import dev.artemis.audit.AuditEntry;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.format.Format;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people call what an entry of the audit log is about: the log itself has ids, which outlive names. */
@Component
public class SubjectNames {

    private static final Pattern RUN = Pattern.compile("run\\.\\S+ [0-9a-f-]{28}([0-9a-f]{8})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Tenants tenants;
    private final Projects projects;
    private final ApiKeys keys;
    private final JsonMapper json;

    SubjectNames(Tenants tenants, Projects projects, ApiKeys keys, JsonMapper json) {
        this.tenants = tenants;
        this.projects = projects;
        this.keys = keys;
        this.json = json;
    }

    /** By id, of those entries: names as they are now, and of what is gone the name that the log has. */
    Map<String, String> of(Collection<AuditEntry> entries) {
        Map<String, String> names = new HashMap<>();
        Set<TenantId> concerned = new HashSet<>();
        for (AuditEntry entry : entries) {
            Matcher id = ID.matcher(entry.subject());
            if (id.find()) {
                if (entry.tenant() != null) {
                    concerned.add(entry.tenant());
                }
                String known =
                        name(entry.after()).or(() -> name(entry.before())).orElse(null);
                if (known != null) {
                    names.putIfAbsent(id.group(), known);
                }
            }
        }
        concerned.forEach(team -> ofTeam(team, names));
        return names;
    }

    /** What an entry is about, in words: a run by the end of its id, as on its page, a day and a month as they are written there. */
    static String of(AuditEntry entry, Map<String, String> names, Format format) {
        String subject = entry.subject();
        Matcher run = RUN.matcher(entry.action() + " " + subject);
        if (run.matches()) {
            return translate("run.title", run.group(1));
        }
        if (DAY.matcher(subject).matches()) {
            return format.date(LocalDate.parse(subject));
        }
        return MONTH.matcher(subject).matches() ? format.month(YearMonth.parse(subject)) : named(subject, names);
    }

    /** A subject with names in place of ids. */
    private static String named(String subject, Map<String, String> names) {
        return ID.matcher(subject)
                .replaceAll(id -> Matcher.quoteReplacement(names.getOrDefault(id.group(), id.group())));
    }

    /** A key's, for one. */
    private Optional<String> name(@Nullable String kept) {
        if (kept == null || !kept.startsWith("{")) {
            return Optional.empty();
        }
        JsonNode name = json.readTree(kept).get("name");
        return name != null && name.isString() ? Optional.of(name.asString()) : Optional.empty();
    }

    private void ofTeam(TenantId id, Map<String, String> names) {
        tenants.find(id).map(Tenant::name).ifPresent(name -> names.put(id.toString(), name));
        for (Project project : projects.all(id)) {
            names.put(project.id().toString(), project.name());
            keys.all(id, project.id())
                    .forEach(key -> names.put(key.id().toString(), project.name() + ": " + key.name()));
        }
    }
}
