package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.Page;
import dev.artemis.shared.TenantId;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries that were looked for, newest first. What is looked for stands in the address. */
public final class AuditPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final String path;
    private final Map<TenantId, String> teams;
    private final transient Format format;
    private final transient SubjectNames names;
    private final transient AuditLog log;
    private final transient AuditQuery query;
    private final QueryParameters parameters;
    private final Div entries = new Div();
    private transient Page<AuditEntry> shown;

    /**
     * The entries of a page.
     *
     * @param path of the page, for its filters
     * @param scope what may be seen at all
     * @param parameters of the address
     * @param teams by their names
     */
    public AuditPanel(
            AuditLog log,
            SubjectNames names,
            String path,
            AuditQuery scope,
            QueryParameters parameters,
            Map<TenantId, String> teams,
            Format format) {
        super(translate("audit.entries"));
        this.path = path;
        this.teams = Map.copyOf(teams);
        this.format = format;
        this.names = names;
        LocalDate from = date(parameters, "from");
        LocalDate to = date(parameters, "to");
        this.log = log;
        this.parameters = parameters;
        this.query = new AuditQuery(
                scope.tenant(),
                parameters.getSingleParameter("actor").map(ActorNames::written).orElse(null),
                parameters.getSingleParameter("action").orElse(null),
                from == null ? null : from.atStartOfDay(format.zone()).toInstant(),
                to == null ? null : to.plusDays(1).atStartOfDay(format.zone()).toInstant());
        entries.addClassName("artemis-stack");
        add(filters(), entries);
        shown = look();
        show(shown);
    }

    /** The entries as they are now. */
    public Page<AuditEntry> look() {
        return log.find(query, parameters.getSingleParameter("after").orElse(null));
    }

    /** The entries that the page began with. */
    public Page<AuditEntry> shown() {
        return shown;
    }

    /** Shows these in place of those before; what is typed in the filters stays. */
    public void show(Page<AuditEntry> page) {
        shown = page;
        entries.removeAll();
        if (page.items().isEmpty()) {
            entries.add(new EmptyState(VaadinIcon.LIST, translate("audit.none"), translate("audit.none-why")));
            return;
        }
        entries.add(table(page));
        String next = page.next();
        if (next != null) {
            Map<String, String> older = with(parameters, "after", next);
            entries.add(new Button(translate("audit.older"), click -> go(older)));
        }
    }

    private Div filters() {
        var actor = new TextField(translate("audit.filter-actor"));
        actor.setValue(query.actor() == null ? "" : ActorNames.said(query.actor()));
        var action = new ActionField(query.action());
        var from = new DayField(translate("audit.filter-from"), date(parameters, "from"));
        var to = new DayField(translate("audit.filter-to"), date(parameters, "to"));
        var apply = new Button(translate("audit.filter"), click -> {
            if (!(from.check() & to.check())) {
                return;
            }
            Map<String, String> wanted = new HashMap<>();
            wanted.put("actor", actor.getValue());
            wanted.put("action", action.code());
            wanted.put("from", from.getValue() == null ? "" : from.getValue().toString());
            wanted.put("to", to.getValue() == null ? "" : to.getValue().toString());
            wanted.values().removeIf(String::isBlank);
            go(wanted);
        });
        var download = new Anchor(
                DownloadHandler.fromInputStream(event -> {
                    byte[] file = AuditFile.of(log, query, teams).getBytes(StandardCharsets.UTF_8);
                    return new DownloadResponse(
                            new java.io.ByteArrayInputStream(file), "audit.csv", "text/csv", file.length);
                }),
                translate("audit.export"));
        download.addClassNames("artemis-link", "artemis-action");
        var all = new Div(actor, action, from, to, apply, download);
        all.addClassName("artemis-filters");
        return all;
    }

    private Grid<AuditEntry> table(Page<AuditEntry> page) {
        var grid = new Table<AuditEntry>();
        SubjectNames.Known known = names.of(page.items());
        grid.setAllRowsVisible(true);
        grid.addColumn(entry -> format.precise(entry.at()))
                .setHeader(translate("audit.at"))
                .setWidth("14.2rem")
                .setFlexGrow(0);
        grid.addColumn(entry -> SubjectNames.actor(entry, known))
                .setHeader(translate("audit.actor"))
                .setTooltipGenerator(AuditEntry::actor)
                .setWidth("12.9rem");
        grid.addColumn(entry -> ActionField.words(entry.action()))
                .setHeader(translate("audit.action"))
                .setTooltipGenerator(AuditEntry::action)
                .setWidth("9.3rem");
        if (teams.size() > 1) {
            grid.addColumn(entry -> team(entry.tenant()))
                    .setHeader(translate("nav.team"))
                    .setWidth("6.2rem");
        }
        grid.addColumn(new ComponentRenderer<>(entry -> subject(SubjectNames.of(entry, known, format))))
                .setHeader(translate("audit.subject"))
                .setTooltipGenerator(AuditEntry::subject)
                .setWidth("13.5rem");
        grid.setItemDetailsRenderer(new ComponentRenderer<>(entry -> change(entry, known.names())));
        grid.setItems(page.items());
        return grid;
    }

    private String team(@Nullable TenantId tenant) {
        return tenant == null ? translate("nav.platform") : teams.getOrDefault(tenant, tenant.toString());
    }

    private Div change(AuditEntry entry, Map<String, String> known) {
        var facts = new Facts();
        new ChangeWords(format, known).of(entry).forEach(line -> facts.fact(line.field(), line.words()));
        facts.fact(translate("audit.address"), entry.address() == null ? "–" : entry.address());
        var box = new Div(facts);
        box.addClassName("artemis-details");
        return box;
    }

    /** A run leads to its page. */
    private static Component subject(SubjectNames.Subject subject) {
        return subject.path() == null ? new Span(subject.words()) : new Link(subject.path(), subject.words());
    }

    private void go(Map<String, String> parameters) {
        UI.getCurrent().navigate(path, QueryParameters.simple(parameters));
    }

    private static Map<String, String> with(QueryParameters parameters, String name, String value) {
        Map<String, String> all = new HashMap<>();
        parameters.getParameters().forEach((key, values) -> all.put(key, values.getFirst()));
        all.put(name, value);
        return all;
    }

    private static @Nullable LocalDate date(QueryParameters parameters, String name) {
        try {
            return parameters.getSingleParameter(name).map(LocalDate::parse).orElse(null);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
