package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.access.ApiKeys;
import dev.artemis.audit.AuditEntry;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.Runs;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Paths;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people call what an entry of the audit log is about: the log itself has ids, which outlive names. */
@Component
public class SubjectNames {

    private static final Pattern RUN = Pattern.compile("run\\.\\S+ ([0-9a-f-]{28}([0-9a-f]{8}))");
    private static final Pattern LEVEL = Pattern.compile("(tenant|project|key) ([0-9a-f-]{36})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Tenants tenants;
    private final Projects projects;
    private final ApiKeys keys;
    private final Runs runs;
    private final JsonMapper json;

    SubjectNames(Tenants tenants, Projects projects, ApiKeys keys, Runs runs, JsonMapper json) {
        this.tenants = tenants;
        this.projects = projects;
        this.keys = keys;
        this.runs = runs;
        this.json = json;
    }

    /**
     * What is known of what entries are about.
     *
     * @param names by id: as they are now, and of what is gone the name that the log has
     * @param runs the addresses of those that are still there, by id
     */
    record Known(Map<String, String> names, Map<String, String> runs) {}

    /** In words, and where it has a page its address. */
    record Subject(String words, @Nullable String path) {}

    Known of(Collection<AuditEntry> entries) {
        return new Known(names(entries), runPages(entries));
    }

    private Map<String, String> runPages(Collection<AuditEntry> entries) {
        Map<TenantId, Set<RunId>> wanted = new HashMap<>();
        for (AuditEntry entry : entries) {
            if (entry.tenant() != null && isRun(entry).matches()) {
                wanted.computeIfAbsent(entry.tenant(), team -> new HashSet<>())
                        .add(new RunId(UUID.fromString(entry.subject())));
            }
        }
        Map<String, String> pages = new HashMap<>();
        wanted.forEach((team, those) ->
                tenants.find(team).ifPresent(it -> runPages(it, runs.projects(team, those), pages)));
        return pages;
    }

    private void runPages(Tenant team, Map<RunId, ProjectId> ofProjects, Map<String, String> pages) {
        Map<ProjectId, Project> byId =
                projects.all(team.id()).stream().collect(Collectors.toMap(Project::id, Function.identity()));
        ofProjects.forEach((run, project) -> {
            if (byId.containsKey(project)) {
                pages.put(
                        run.toString(), Paths.run(team.slug(), byId.get(project).slug(), run));
            }
        });
    }

    private static Matcher isRun(AuditEntry entry) {
        return RUN.matcher(entry.action() + " " + entry.subject());
    }

    private Map<String, String> names(Collection<AuditEntry> entries) {
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

    /** What an entry is about: a run by the end of its id, as on its page, a day and a month as they are written there. */
    static Subject of(AuditEntry entry, Known known, Format format) {
        Matcher run = isRun(entry);
        return run.matches()
                ? new Subject(translate("run.title", run.group(2)), known.runs().get(run.group(1)))
                : new Subject(words(entry.subject(), known.names(), format), null);
    }

    private static String words(String subject, Map<String, String> names, Format format) {
        if (DAY.matcher(subject).matches()) {
            return format.date(LocalDate.parse(subject));
        }
        return MONTH.matcher(subject).matches() ? format.month(YearMonth.parse(subject)) : level(subject, names);
    }

    /** Who did it: a program is called by its key. */
    static String actor(AuditEntry entry, Known known) {
        return LEVEL.matcher(entry.actor()).matches()
                ? level(entry.actor(), known.names())
                : ActorNames.said(entry.actor());
    }

    private static String level(String text, Map<String, String> names) {
        Matcher level = LEVEL.matcher(text);
        return level.matches()
                ? translate("audit.level." + level.group(1), named(level.group(2), names))
                : named(text, names);
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
