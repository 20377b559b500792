package dev.artemis.ui.members;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.access.Member;
import dev.artemis.access.Members;
import dev.artemis.access.PassOnLinks;
import dev.artemis.access.Users;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Role;
import dev.artemis.shared.UserId;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.LinkDialog;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.SecretField;
import dev.artemis.ui.parts.Table;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who belongs to a team, and as what. Owners change it; an administrator also gives passwords. */
@Route(value = "teams/:team/members", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class MembersView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Members members;
    private final transient Users users;
    private final transient PassOnLinks passOn;

    MembersView(Viewer viewer, Members members, Users users, PassOnLinks passOn) {
        super(viewer);
        this.passOn = passOn;
        this.viewer = viewer;
        this.members = members;
        this.users = users;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.members"), scope);
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        PageHead head = new PageHead(translate("nav.members")).about(translate("members.about"));
        if (scope.may(Role.OWNER)) {
            var add = new Button(translate("members.add"), VaadinIcon.PLUS.create(), click -> addMember(scope));
            add.addThemeVariants(ButtonVariant.PRIMARY);
            head.action(add);
        }
        List<Member> all = members.all(scope.id());
        add(head);
        if (all.isEmpty()) {
            add(new Panel(
                    translate("nav.members"),
                    new EmptyState(VaadinIcon.USERS, translate("members.none"), translate("members.none-why"))));
        } else {
            add(new Panel(translate("members.all"), table(scope, all)));
            if (all.size() == 1 && scope.mayChange(Role.OWNER)) {
                add(new EmptyState(VaadinIcon.USERS, translate("members.alone"), translate("members.alone-why")));
            }
        }
    }

    private Grid<Member> table(TeamScope scope, List<Member> all) {
        var format = scope.format();
        var grid = new Table<Member>();
        grid.setAllRowsVisible(true);
        grid.addColumn(Member::email).setHeader(translate("sign-in.email")).setWidth("13rem");
        grid.addColumn(new ComponentRenderer<>(member -> role(scope, member)))
                .setHeader(translate("members.role"))
                .setWidth("12rem")
                .setFlexGrow(0);
        grid.addColumn(member -> format.dateTime(member.since()))
                .setHeader(translate("members.since"))
                .setWidth("11.25rem")
                .setFlexGrow(0);
        if (scope.may(Role.OWNER)) {
            grid.addColumn(new ComponentRenderer<>(member -> actions(scope, member)))
                    .setHeader(translate("actions"))
                    .setWidth("23rem")
                    .setFlexGrow(0);
        }
        grid.setItems(all);
        return grid;
    }

    private Component role(TeamScope scope, Member member) {
        if (!scope.may(Role.OWNER)) {
            return new Span(translate("role." + member.role()));
        }
        var role = new Select<Role>();
        role.setAriaLabel(translate("members.role-of", member.email()));
        role.setItemLabelGenerator(it -> translate("role." + it));
        role.setItems(Role.values());
        role.setValue(member.role());
        role.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() == Role.OWNER) {
                Ask.before(translate("members.make-owner-of", member.email()))
                        .saying(translate("members.make-owner-why"))
                        .otherwise(() -> fill(scope))
                        .then(translate("members.make-owner"), () -> give(scope, member, Role.OWNER));
            } else if (change.isFromClient()) {
                give(scope, member, change.getValue());
            }
        });
        return role;
    }

    private void give(TeamScope scope, Member member, Role role) {
        Problems.attempt(() -> {
            members.put(viewer.acting(scope, Role.OWNER), scope.id(), member.user(), role);
            Notices.done(translate("members.changed", member.email()), () -> putBack(scope, member, Optional.of(role)));
        });
        fill(scope);
    }

    private Component actions(TeamScope scope, Member member) {
        var both = new Div();
        both.addClassName("artemis-actions");
        if (viewer.isAdmin()) {
            var password = new Button(translate("members.password"), click -> password(member.email(), member.user()));
            password.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            password.setAriaLabel(translate("members.password-of", member.email()));
            both.add(password);
        }
        if (member.needsInvitation()) {
            var invite = new Button(translate("members.invite"), click -> invite(scope, member));
            invite.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            invite.setAriaLabel(translate("members.invite-of", member.email()));
            both.add(invite);
        }
        var remove = new Button(translate("members.remove"), click -> remove(scope, member));
        remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        remove.setAriaLabel(translate("members.remove-of", member.email()));
        both.add(remove);
        return both;
    }

    private void addMember(TeamScope scope) {
        var email = new TextField(translate("sign-in.email"));
        email.getElement().setAttribute("type", "email");
        var role = new Select<Role>();
        role.setLabel(translate("members.role"));
        role.setItemLabelGenerator(it -> translate("role." + it));
        role.setItems(Role.values());
        role.setValue(Role.DEVELOPER);
        role.setHelperText(translate("members.role-help"));
        new FormDialog(
                        translate("members.add"),
                        translate("members.add"),
                        () -> Problems.attempt(Map.of("email", email), () -> {
                            UserId person = members.person(viewer.acting(scope, Role.OWNER), email.getValue());
                            members.add(viewer.acting(scope, Role.OWNER), scope.id(), person, role.getValue());
                            Notices.done(translate("members.added", email.getValue()));
                            fill(scope);
                            LinkDialog.show(
                                    email.getValue(),
                                    passOn.invite(
                                            viewer.acting(scope, Role.OWNER),
                                            person,
                                            Tongue.of(UI.getCurrent().getLocale())));
                        }))
                .with(email, role)
                .open();
    }

    /** A new link for who never used theirs. */
    private void invite(TeamScope scope, Member member) {
        Problems.attempt(() -> {
            PassOnLinks.Passed passed = passOn.invite(
                    viewer.acting(scope, Role.OWNER),
                    member.user(),
                    Tongue.of(UI.getCurrent().getLocale()));
            if (passed instanceof PassOnLinks.Passed.NotNeeded) {
                Notices.failed(translate("problem.can-sign-in"));
            } else {
                LinkDialog.show(member.email(), passed);
            }
        });
    }

    private void password(String email, UserId whose) {
        var password = new SecretField(translate("sign-in.password"));
        password.setHelperText(translate("members.password-help", Users.MIN_PASSWORD));
        new FormDialog(
                        translate("members.password-of", email),
                        translate("save"),
                        () -> Problems.attempt(Map.of("password", password), () -> {
                            users.setPassword(viewer.admin(), whose, password.getValue());
                            Notices.done(translate("members.password-set", email));
                        }))
                .with(password)
                .open();
    }

    /** As they were before, while they are as one left them. */
    private void putBack(TeamScope scope, Member member, Optional<Role> left) {
        Problems.attempt(() -> {
            members.putBack(viewer.acting(scope, Role.OWNER), scope.id(), member, left);
            Notices.done(translate("members.put-back", member.email()));
        });
        fill(scope);
    }

    private void remove(TeamScope scope, Member member) {
        Ask.before(translate("members.remove-of", member.email()))
                .saying(translate("members.remove-why"))
                .then(translate("members.remove"), () -> {
                    members.remove(viewer.acting(scope, Role.OWNER), scope.id(), member.user());
                    Notices.done(
                            translate("members.removed", member.email()),
                            () -> putBack(scope, member, Optional.empty()));
                    fill(scope);
                });
    }
}
