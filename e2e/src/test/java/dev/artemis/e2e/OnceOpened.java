package dev.artemis.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** What stands on pages only once somebody has done something there, each shown to whoever looks at it. */
final class OnceOpened {

    /** One that is new at first, one that is known, and of each fault one. */
    private static final String PRICES = """
            {
              "furnished-chat-large-2026-11-27": {"litellm_provider": "furnished-house", "mode": "chat",
                "input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015},
              "furnished-chat-with-a-long-name-and-odd-cache-prices": {"litellm_provider": "furnished-house", "mode": "chat",
                "input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015,
                "cache_creation_input_token_cost": 0.00000375, "cache_creation_input_token_cost_above_1hr": 0.00009},
              "furnished-chat-free": {"litellm_provider": "furnished-house", "mode": "chat",
                "input_cost_per_token": 0, "output_cost_per_token": 0},
              "furnished-of-nobody": {"input_cost_per_token": 0.000003, "output_cost_per_token": 0.000015},
              "furnished-images": {"litellm_provider": "furnished-house", "mode": "image_generation", "output_cost_per_image": 0.04}
            }
            """;

    private final FurnishedTeam team;
    private final BiConsumer<Person, String> look;

    /** @param look at what a person sees, by a name */
    OnceOpened(FurnishedTeam team, BiConsumer<Person, String> look) {
        this.team = team;
        this.look = look;
    }

    void byAnAdministrator(Person admin, Instance instance) {
        String here = instance.url().resolve("/").toString();
        admin.follow(here + "teams/furnished/calls?period=month&stage=review");
        open(admin, "claude-3-5-sonnet", ".artemis-details");
        look.accept(admin, "single call opened");
        admin.follow(here + "teams/furnished/audit?action=budget.changed");
        open(admin, "Budget changed", ".artemis-details");
        look.accept(admin, "audit entry opened");
        admin.follow(here + "teams/furnished/projects/rooms");
        admin.button("Count them now").click();
        assertThat(admin.page().getByText("Refused by a budget")).isVisible();
        look.accept(admin, "statistics counted");
        admin.follow(here + "admin/prices");
        admin.button("Import list").click();
        admin.page()
                .locator("vaadin-dialog[opened] input[type=file]")
                .setInputFiles(new FilePayload("prices.json", "text/json", PRICES.getBytes(StandardCharsets.UTF_8)));
        assertThat(admin.page().getByText("furnished-of-nobody")).isVisible();
        look.accept(admin, "prices imported");
        admin.page().keyboard().press("Escape");
        running(admin, here);
    }

    private void running(Person admin, String here) {
        JsonNode run = team.project().post("runs", """
                        {"language": "python", "code": "import time\\nprint('begun', flush=True)\\ntime.sleep(300)\\n", "stage": "testing"}""").expect(202).json();
        String id = run.get("id").asString();
        try {
            admin.follow(here + "teams/furnished/projects/rooms/runs/" + id);
            assertThat(admin.page().locator("section[data-pane=stdout]")).containsText("begun");
            look.accept(admin, "run that runs");
        } finally {
            team.project().post("runs/" + id + "/cancellation", "").expect(202);
        }
    }

    /** Makes a way in without a password, and keys of the person's own; and comes to what is for others. */
    void byAPerson(Person person, String name, Instance instance) {
        // by a name: of a number, no browser makes a passkey
        String here = "http://localhost:" + instance.url().getPort() + "/";
        VirtualDevice.in(person.page());
        person.page().navigate(here + "sign-in");
        person.signIn(name + "@furnished.example", FurnishedTeam.PASSWORD);
        person.settled();
        person.page().navigate(here + "account");
        person.button("Add passkey").click();
        person.field("Name").fill("Laptop with the finger reader, second floor");
        person.button("Go on").click();
        assertThat(person.button("Remove passkey Laptop with the finger reader, second floor"))
                .isVisible();
        for (String key : new String[] {"nightly export into the warehouse", "spreadsheet"}) {
            person.button("New key").click();
            person.field("Name").fill(key);
            person.button("Create").click();
            person.button("I have kept it").click();
            assertThat(person.page().locator("vaadin-dialog[opened]")).hasCount(0);
        }
        look.accept(person, "account with passkey and keys");
        person.page().navigate(here + "teams/furnished/runs");
        assertThat(person.heading("Not for this role")).isVisible();
        look.accept(person, "refused");
    }

    /** Opens the first line that has that text. */
    private static void open(Person person, String text, String opened) {
        person.page()
                .locator("vaadin-grid vaadin-grid-cell-content")
                .filter(new Locator.FilterOptions().setHasText(text).setVisible(true))
                .first()
                .click();
        assertThat(person.page()
                        .locator(opened)
                        .filter(new Locator.FilterOptions().setVisible(true))
                        .first())
                .isVisible();
    }
}
