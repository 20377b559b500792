package dev.artemis.ui.providers;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.providers.KeyStatus;
import dev.artemis.providers.NewProviderKey;
import dev.artemis.providers.Provider;
import dev.artemis.providers.ProviderKey;
import dev.artemis.providers.ProviderKeys;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Meanwhile;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.SecretField;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A team's keys for providers: handed in, asked about, taken away. Owners do; developers look. */
@Route(value = "teams/:team/provider-keys", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER})
class ProviderKeysView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient ProviderKeys keys;

    ProviderKeysView(Viewer viewer, ProviderKeys keys) {
        super(viewer);
        this.viewer = viewer;
        this.keys = keys;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.provider-keys"), scope);
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        var head = new PageHead(translate("nav.provider-keys")).about(translate("provider-keys.about"));
        if (scope.may(Role.OWNER)) {
            head.action(adding(scope));
        }
        List<ProviderKey> all = keys.all(scope.id());
        add(
                head,
                new Panel(
                        translate("provider-keys.all"),
                        all.isEmpty()
                                ? new EmptyState(
                                        VaadinIcon.KEY_O,
                                        translate("provider-keys.none"),
                                        translate("provider-keys.none-why"),
                                        scope.may(Role.OWNER) ? new Component[] {adding(scope)} : new Component[0])
                                : table(scope, all)));
    }

    private Button adding(TeamScope scope) {
        var add = new Button(translate("provider-keys.add"), VaadinIcon.PLUS.create(), click -> hand(scope));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        return add;
    }

    private Grid<ProviderKey> table(TeamScope scope, List<ProviderKey> all) {
        var format = scope.format();
        var grid = new Table<ProviderKey>();
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(key -> withQuiet(
                        key.name(),
                        translate(
                                "provider-keys.added-by",
                                ActorNames.said(key.createdBy()),
                                format.dateTime(key.createdAt())))))
                .setHeader(translate("name"))
                .setWidth("10rem");
        grid.addColumn(new ComponentRenderer<>(key -> withQuiet(
                        translate("provider-keys.provider." + key.provider().name()),
                        key.baseUrl() == null ? "" : key.baseUrl())))
                .setHeader(translate("provider-keys.provider"))
                .setWidth("9rem");
        grid.addColumn(ProviderKey::hint)
                .setHeader(translate("provider-keys.hint"))
                .setWidth("6rem");
        grid.addColumn(new ComponentRenderer<>(key -> status(key.status(), key.detail())))
                .setHeader(translate("provider-keys.status"))
                .setWidth("13rem")
                .setFlexGrow(2);
        grid.addColumn(key -> key.checkedAt() == null ? translate("never") : format.dateTime(key.checkedAt()))
                .setHeader(translate("provider-keys.checked"))
                .setWidth("8.75rem");
        if (scope.may(Role.OWNER)) {
            grid.addColumn(new ComponentRenderer<>(key -> actions(scope, key)))
                    .setHeader(translate("actions"))
                    .setWidth("13rem")
                    .setFlexGrow(0);
        }
        grid.setItems(all);
        return grid;
    }

    private static Component withQuiet(String text, String more) {
        var below = new Div(more);
        below.addClassNames("artemis-quiet", "artemis-small");
        below.getStyle().set("white-space", "normal").set("overflow-wrap", "anywhere");
        return new Div(new Div(text), below);
    }

    private static Component status(@Nullable KeyStatus status, @Nullable String detail) {
        if (status == null) {
            return new Badge(translate("provider-keys.status.NONE"), Tone.CALM);
        }
        var why = new Div(detail == null ? "" : Phrases.say(detail));
        why.addClassNames("artemis-quiet", "artemis-small");
        why.getStyle().set("white-space", "normal");
        return new Div(new Badge(translate("provider-keys.status." + status.name()), tone(status)), why);
    }

    private static Tone tone(KeyStatus status) {
        return switch (status) {
            case ACCEPTED -> Tone.GOOD;
            case REJECTED -> Tone.BAD;
            case NO_QUOTA, UNREACHABLE -> Tone.WARN;
        };
    }

    private Component actions(TeamScope scope, ProviderKey key) {
        var check = new Button(translate("provider-keys.check"));
        check.addClickListener(click -> check(scope, key, check));
        check.setDisableOnClick(true);
        check.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        check.setAriaLabel(translate("provider-keys.check-of", key.name()));
        var remove = new Button(translate("provider-keys.remove"), click -> remove(scope, key));
        remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        remove.setAriaLabel(translate("provider-keys.remove-of", key.name()));
        var both = new Div(check, remove);
        both.addClassName("artemis-actions");
        return both;
    }

    /** Takes as long as the provider does, up to the time-out: the button says so. */
    private void check(TeamScope scope, ProviderKey key, Button check) {
        check.setText(translate("provider-keys.checking"));
        if (!Problems.attempt(() -> {
            Caller by = viewer.acting(scope, Role.OWNER);
            Meanwhile.does(
                    this, () -> keys.checkNow(by, scope.id(), key.id()), checked -> fill(scope), () -> fill(scope));
        })) {
            fill(scope);
        }
    }

    private void hand(TeamScope scope) {
        var provider = new Select<Provider>();
        provider.setLabel(translate("provider-keys.provider"));
        provider.setItemLabelGenerator(it -> translate("provider-keys.provider." + it.name()));
        provider.setItems(Provider.values());
        provider.setValue(Provider.OPENAI);
        var name = new TextField(translate("name"));
        var secret = new SecretField(translate("provider-keys.secret"));
        secret.setHelperText(translate("provider-keys.secret-help"));
        secret.getElement().setAttribute("autocomplete", "off");
        var base = new TextField(translate("provider-keys.base-url"));
        base.setHelperText(translate("provider-keys.base-url-help"));
        new FormDialog(translate("provider-keys.add"), translate("provider-keys.add"), () -> {
                    if (!Checks.filled(name)) {
                        return false;
                    }
                    return Problems.attempt(Map.of("name", name, "secret", secret, "base_url", base), () -> {
                        keys.add(
                                viewer.acting(scope, Role.OWNER),
                                scope.id(),
                                new NewProviderKey(
                                        provider.getValue(), name.getValue(), secret.getValue(), base.getValue()));
                        Notices.done(translate("provider-keys.added", name.getValue()));
                        fill(scope);
                    });
                })
                .with(provider, name, secret, base)
                .open();
    }

    private void remove(TeamScope scope, ProviderKey key) {
        var ask = new ConfirmDialog(
                translate("provider-keys.remove-of", key.name()),
                translate("provider-keys.remove-why"),
                translate("provider-keys.remove"),
                confirmed -> {
                    Problems.attempt(() -> {
                        keys.remove(viewer.acting(scope, Role.OWNER), scope.id(), key.id());
                        Notices.done(translate("provider-keys.removed", key.name()));
                    });
                    fill(scope);
                });
        ask.setConfirmButtonTheme("error primary");
        ask.setCancelable(true);
        ask.setCancelText(translate("cancel"));
        ask.open();
    }
}
