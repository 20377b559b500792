package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.access.PassOnLinks;
import dev.artemis.access.People;
import dev.artemis.access.Person;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SecondFactors;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Page;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.LinkDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everybody who is known to the platform: their standing, and new ways in for who lost theirs. */
@Route(value = Paths.ADMIN_PEOPLE, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class PeopleView extends AdminPage {

    private static final long serialVersionUID = 1;

    private final transient People people;
    private final transient PassOnLinks passOn;
    private final transient SecondFactors factors;
    private final transient Live live;

    PeopleView(Viewer viewer, People people, PassOnLinks passOn, SecondFactors factors, Live live) {
        super(viewer, translate("nav.people"));
        this.people = people;
        this.passOn = passOn;
        this.factors = factors;
        this.live = live;
    }

    @Override
    void show(BeforeEnterEvent event) {
        String cursor = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("after")
                .orElse(null);
        Page<Person> all = people.all(cursor);
        var list = new Div();
        list.addClassName("artemis-stack");
        fill(list, all, cursor);
        live.watchPlatform(list, () -> people.all(cursor), all, now -> fill(list, now, cursor));
        add(new PageHead(translate("nav.people")).about(translate("people.about")), list);
    }

    private void fill(Div list, Page<Person> page, @Nullable String cursor) {
        Runnable again = () -> fill(list, people.all(cursor), cursor);
        list.removeAll();
        list.add(new Panel(translate("people.all"), table(page.items(), again)));
        String next = page.next();
        if (next != null) {
            QueryParameters more = QueryParameters.of("after", next);
            list.add(new Button(
                    translate("people.more"), click -> UI.getCurrent().navigate(Paths.ADMIN_PEOPLE, more)));
        }
    }

    private Grid<Person> table(List<Person> all, Runnable again) {
        var grid = new Table<Person>();
        grid.setAllRowsVisible(true);
        grid.addColumn(Person::email)
                .setHeader(translate("sign-in.email"))
                .setTooltipGenerator(Person::email)
                .setWidth("16rem")
                .setFlexGrow(2);
        grid.addColumn(Person::teams).setHeader(translate("nav.teams")).setWidth("6rem");
        grid.addColumn(new ComponentRenderer<>(person -> standing(person, again)))
                .setHeader(translate("people.standing"))
                .setWidth("12rem");
        grid.addColumn(new ComponentRenderer<>(person -> actions(person, again)))
                .setHeader(translate("actions"))
                .setWidth("24rem")
                .setFlexGrow(0);
        grid.setItems(all);
        return grid;
    }

    private Component standing(Person person, Runnable again) {
        var standing = new Select<Optional<PlatformRole>>();
        standing.setAriaLabel(translate("people.standing-of", person.email()));
        standing.setItemLabelGenerator(
                it -> translate("people.standing." + it.map(PlatformRole::name).orElse("NONE")));
        List<Optional<PlatformRole>> all =
                List.of(Optional.empty(), Optional.of(PlatformRole.FINANCE), Optional.of(PlatformRole.ADMIN));
        standing.setItems(all);
        standing.setValue(Optional.ofNullable(person.platformRole()));
        standing.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                stand(person, change.getValue().orElse(null), again);
            }
        });
        return standing;
    }

    /** What opens the whole platform to somebody, or shuts out who ran it, is no slip of a key: it is asked before. */
    private void stand(Person person, @Nullable PlatformRole wanted, Runnable again) {
        PlatformRole before = person.platformRole();
        String what = wanted == null ? "people.demote" : "people.make." + wanted;
        boolean takes = before == PlatformRole.ADMIN && wanted != PlatformRole.ADMIN;
        if (wanted == before) {
            again.run();
        } else if (wanted == null && !takes) {
            give(person, null, again);
        } else {
            Ask asked = Ask.before(translate(what + "-of", person.email()))
                    .saying(translate(takes ? "people.demote-why" : what + "-why"))
                    .otherwise(again);
            Runnable work = () -> give(person, wanted, again);
            if (wanted == PlatformRole.FINANCE && !takes) {
                asked.thenHarmless(translate(what), work);
            } else {
                asked.then(translate(what), work);
            }
        }
    }

    private void give(Person person, @Nullable PlatformRole wanted, Runnable again) {
        change(
                person,
                () -> people.giveRole(admin(), person.id(), wanted),
                () -> people.takeRoleBack(admin(), person.id(), wanted, person.platformRole()),
                again);
    }

    private Component actions(Person person, Runnable again) {
        var link = new Button(
                translate("people.link"),
                click -> Problems.attempt(() -> LinkDialog.show(
                        person.email(),
                        passOn.reset(
                                admin(), person.id(), Tongue.of(UI.getCurrent().getLocale())))));
        link.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        link.setAriaLabel(translate("people.link-of", person.email()));
        link.setEnabled(!person.disabled());
        var factor = new Button(
                translate("people.second-factor"),
                click -> Ask.before(translate("people.second-factor-of", person.email()))
                        .saying(translate("people.second-factor-why"))
                        .then(translate("people.second-factor"), () -> {
                            factors.remove(admin(), person.id());
                            Notices.done(translate("account.second-factor-removed"));
                            again.run();
                        }));
        factor.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        factor.setAriaLabel(translate("people.second-factor-of", person.email()));
        factor.setEnabled(person.secondFactor());
        Runnable enable = () -> people.enable(admin(), person.id());
        Runnable disable = () -> people.disable(admin(), person.id());
        String key = person.disabled() ? "people.enable" : "people.disable";
        var off = new Button(translate(key), click -> {
            if (person.disabled()) {
                change(person, enable, disable, again);
            } else {
                Ask.before(translate("people.disable-of", person.email()))
                        .saying(translate("people.disable-why"))
                        .then(translate("people.disable"), () -> change(person, disable, enable, again));
            }
        });
        off.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        off.setAriaLabel(translate(key + "-of", person.email()));
        var all = new Div(link, factor, off);
        all.addClassName("artemis-actions");
        return all;
    }

    private static void change(Person person, Runnable change, Runnable back, Runnable again) {
        Problems.attempt(() -> {
            change.run();
            Notices.done(translate("people.changed", person.email()), () -> {
                Problems.attempt(() -> {
                    back.run();
                    Notices.done(translate("members.put-back", person.email()));
                });
                again.run();
            });
        });
        again.run();
    }
}
