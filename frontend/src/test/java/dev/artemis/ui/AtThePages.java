package dev.artemis.ui;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.DomEvent;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.JacksonUtils;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import com.vaadin.flow.router.Location;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.AmountField;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.node.ObjectNode;

/** Somebody at the pages, without a browser: signs in, looks at what is shown, fills it in and clicks. */
abstract class AtThePages extends SpringBrowserlessTest {

    static final Caller TEST = new Caller.Platform("test");

    private final Tenants tenants;
    private final Users users;
    private final Members members;

    AtThePages(Tenants tenants, Users users, Members members) {
        this.tenants = tenants;
        this.users = users;
        this.members = members;
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    /** What others changed comes with the session's lock, which a test has: whoever looks for a component lets it go. */
    final void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within a minute");
            }
            find(Button.class).all();
        }
    }

    final Tenant aTeam() {
        return tenants.create(new Slug("pages-" + UUID.randomUUID()), "Team", ZoneId.of("Europe/Berlin"));
    }

    final UserId aPerson() {
        return users.addOrFind(TEST, "person-" + UUID.randomUUID() + "@test.example");
    }

    final UserId aMember(Tenant team, Role role) {
        UserId person = aPerson();
        members.put(TEST, team.id(), person, role);
        return person;
    }

    static void signIn(UserId user, @Nullable PlatformRole role) {
        var person = new SignedIn(user.value(), user + "@test.example", role);
        var authorities = Stream.of("ROLE_USER", role == null ? "ROLE_USER" : "ROLE_" + role)
                .distinct()
                .map(SimpleGrantedAuthority::new)
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, authorities));
    }

    final void signInAsAdministrator() {
        signIn(aPerson(), PlatformRole.ADMIN);
    }

    /** With or without a query. */
    static void open(String path) {
        var address = new Location(path);
        UI.getCurrent().navigate(address.getPath(), address.getQueryParameters());
    }

    /** The page's only heading of the first level. */
    final String heading() {
        return find(H1.class).all().stream()
                .filter(Component::isAttached)
                .map(H1::getText)
                .findFirst()
                .orElse("");
    }

    final List<String> buttons() {
        return find(Button.class).all().stream().map(Button::getText).toList();
    }

    final List<String> snippets() {
        return find(Pre.class).all().stream().map(Pre::getText).toList();
    }

    /** The first button that says so. */
    final void click(String text) {
        test(find(Button.class)
                        .withCondition(it -> it.getText().equals(text) && it.isAttached() && it.isVisible())
                        .first())
                .click();
    }

    /** The last one, such as that of a dialog whose title is said by a button of the page too. */
    final void clickLast(String text) {
        test(find(Button.class).all().stream()
                        .filter(button -> button.getText().equals(text))
                        .reduce((first, last) -> last)
                        .orElseThrow())
                .click();
    }

    final TextField field(String label) {
        return find(TextField.class).withLabel(label).single();
    }

    /** As a browser tells it: the text first, and then whether it is another value. */
    static void typed(IntegerField field, String text) {
        try {
            int value = Integer.parseInt(text);
            field.clear();
            field.getElement().setProperty("_inputElementValue", text);
            field.setValue(value);
        } catch (NumberFormatException unreadable) {
            unreadable(field, text);
        }
    }

    /** What the field makes nothing of: its value is none. */
    static void unreadable(AbstractField<?, ?> field, String text) {
        field.clear();
        field.getElement().setProperty("_inputElementValue", text);
        fire(field, "unparsable-change", JacksonUtils.createObjectNode());
    }

    /** As a browser tells of an event, with what its listener asked for. */
    static void fire(Component component, String event, ObjectNode data) {
        Element element = component.getElement();
        element.getNode().getFeature(ElementListenerMap.class).fireEvent(new DomEvent(element, event, data));
    }

    final AmountField amount(String label) {
        return find(AmountField.class).withLabel(label).single();
    }
}
