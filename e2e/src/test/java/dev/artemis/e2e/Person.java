package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.util.Objects;

/** Somebody at a browser, who finds things by the names that they are read out with. */
record Person(Page page) {

    /** At the door, then through it. */
    static Person signedIn(Page page, String email, String password) {
        Person person = new Person(page);
        page.navigate("");
        person.signIn(email, password);
        person.settled();
        return person;
    }

    /** The same without a mouse. */
    static Person signedInByKeyboard(Page page, String email, String password) {
        Person person = new Person(page);
        page.navigate("");
        person.orShown("has no form to sign in", () -> person.field("Password").waitFor());
        person.tabTo(page.getByLabel("E-mail"));
        page.keyboard().type(email);
        person.tabTo(person.field("Password"));
        page.keyboard().type(password);
        page.keyboard().press("Enter");
        assertThat(person.field("Password")).hasCount(0);
        assertThat(page.locator("h1").first()).isVisible();
        return person;
    }

    static Person admin(Page page) {
        return signedIn(page, "admin@localhost", Instance.ADMIN_PASSWORD);
    }

    /** @throws PlaywrightException when there is no form for it: with what is shown instead */
    void signIn(String email, String password) {
        orShown("has no form to sign in", () -> page.getByLabel("E-mail").fill(email));
        field("Password").fill(password);
        button("Sign in").click();
        assertThat(field("Password")).hasCount(0);
    }

    /** The page's only heading of the first level. */
    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setLevel(1).setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** What a field complains of, at the field: it is read out too, and so stands on the page twice for a moment. */
    Locator complaint(String part) {
        return page.locator("[slot=error-message]").filter(new Locator.FilterOptions().setHasText(part));
    }

    /** The part of a page with that title. */
    Locator panel(String title) {
        return page.locator("section.artemis-panel")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    /** Presses that button of the question that is asked. */
    void confirm(String action) {
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByText(action, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    /**
     * Goes there as by a link of the page: it is not loaded anew, and is settled. What was shown before may stay in part, where both are the
     * same page of something else: so the server's answer is waited for, and not a new heading.
     *
     * @throws PlaywrightException when no answer comes, or the page does not settle: with what it shows instead
     */
    void follow(String address) {
        orShown(
                "does not lead to " + address,
                () -> page.waitForResponse(Person::isAPage, () -> page.evaluate("""
            address => {
              const link = document.createElement('a');
              link.setAttribute('router-link', '');
              link.href = address;
              document.body.append(link);
              link.click();
              link.remove();
            }\
            """, address)));
        settled();
    }

    private static boolean isAPage(Response answer) {
        return answer.url().contains("v-r=uidl")
                && Objects.requireNonNullElse(answer.request().postData(), "").contains("ui-navigate");
    }

    /**
     * Waits until the page has nothing more to ask of the server.
     *
     * @throws PlaywrightException when it never comes to that: with what it shows instead
     */
    void settled() {
        orShown("does not settle", () -> {
            page.locator("h1").first().waitFor();
            page.waitForFunction("""
                () => Object.values(window.Vaadin?.Flow?.clients ?? {}).every((one) => !one.isActive || !one.isActive())
                  && document.getAnimations().every((one) => one.playState !== 'running'
                    || one.effect.getComputedTiming().iterations === Infinity)\
                """);
        });
    }

    private void orShown(String fault, Runnable waiting) {
        try {
            waiting.run();
        } catch (TimeoutError e) {
            throw new PlaywrightException("%s %s: %s".formatted(page.url(), fault, shown()), e);
        }
    }

    /** What helps to find why a page stands still: its state, its text, its last requests, and what it complained of. */
    private String shown() {
        Object state = page.evaluate("""
            () => JSON.stringify({
              document: document.readyState,
              network: navigator.onLine,
              connection: window.Vaadin?.connectionState?.state,
              asks: Object.values(window.Vaadin?.Flow?.clients ?? {}).map((one) => one.isActive?.()),
              body: [...document.body.children].map((one) => `${one.localName} ${getComputedStyle(one).display}`),
              text: document.body.innerText.slice(0, 1000),
            })\
            """);
        return "%s, errors %s, console %s, requests %s"
                .formatted(
                        state,
                        page.pageErrors(),
                        page.consoleMessages().stream()
                                .map(ConsoleMessage::text)
                                .toList(),
                        page.requests().stream()
                                .skip(Math.max(0, page.requests().size() - LAST_REQUESTS))
                                .map(Person::told)
                                .toList());
    }

    private static String told(Request request) {
        Response answer = request.existingResponse();
        return "%s %s %s"
                .formatted(
                        request.method(),
                        request.url(),
                        answer == null ? Objects.requireNonNullElse(request.failure(), "open") : answer.status());
    }

    /** With the keyboard alone: the palette, some letters, Enter. */
    void goTo(String letters) {
        page.keyboard().press("Control+k");
        assertThat(page.getByRole(
                        AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search pages, projects and teams")))
                .isFocused();
        page.keyboard().type(letters);
        assertThat(page.locator("artemis-palette li").first()).isVisible();
        page.keyboard().press("Enter");
    }

    /** Presses Tab until that has the focus. */
    void tabTo(Locator wanted) {
        for (int tabs = 0; tabs < MOST_TABS; tabs++) {
            if (Boolean.TRUE.equals(wanted.evaluate("one => one.matches(':focus') || one.matches(':focus-within')"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard never came to " + wanted);
    }

    /**
     * Tabs into the page's grid, goes to the last cell of a row and into it, and on to one of the buttons there.
     *
     * @param row from 1, as the rows are shown
     * @param button from 1, as the buttons are shown
     */
    void inTheGrid(int row, int button) {
        Locator grid = page.locator("vaadin-grid").first();
        assertThat(grid.locator("vaadin-grid-cell-content vaadin-button").first())
                .isVisible();
        tabTo(grid);
        // the first stop is the head
        page.keyboard().press("Tab");
        page.keyboard().press("End");
        for (int down = 1; down < row; down++) {
            page.keyboard().press("ArrowDown");
        }
        page.keyboard().press("Enter");
        for (int on = 1; on < button; on++) {
            page.keyboard().press("Tab");
        }
    }

    private static final int MOST_TABS = 80;
    private static final int LAST_REQUESTS = 20;
}
