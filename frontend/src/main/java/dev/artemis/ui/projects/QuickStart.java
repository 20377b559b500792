package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.TabSheet;
import dev.artemis.projects.Project;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Snippet;
import org.jspecify.annotations.Nullable;

/** How a program begins with a project, to be copied. */
class QuickStart extends Panel {

    private static final long serialVersionUID = 1;

    QuickStart(TeamScope scope, Project project, String address) {
        super(translate("quick.title"));
        var about = new Paragraph(translate("quick.about", scope.slug() + "/" + project.slug()));
        about.addClassName("artemis-quiet");
        add(about, snippets(null, address));
    }

    /**
     * The same first call in four languages: with a key in it, or with one that comes from the environment.
     *
     * @param address where programs reach this server
     */
    static TabSheet snippets(@Nullable String key, String address) {
        var tabs = new TabSheet();
        tabs.add("curl", new Snippet(curl(key == null ? "$ARTEMIS_KEY" : key, address)));
        tabs.add("Python", new Snippet(python(key == null ? "os.environ[\"ARTEMIS_KEY\"]" : quoted(key), address)));
        tabs.add("Java", new Snippet(java(key == null ? "System.getenv(\"ARTEMIS_KEY\")" : quoted(key), address)));
        tabs.add("JavaScript", new Snippet(javascript(key == null ? "process.env.ARTEMIS_KEY" : quoted(key), address)));
        // A tab list may hold nothing but tabs that takes the focus; Vaadin's part that scrolls them has a tabindex.
        tabs.getElement().executeJs("""
            const list = this.querySelector('vaadin-tabs');
            list?.updateComplete?.then(() => list.shadowRoot.querySelector('div[tabindex]')?.removeAttribute('tabindex'));
            """);
        return tabs;
    }

    private static String quoted(String key) {
        return '"' + key + '"';
    }

    private static String curl(String key, String address) {
        return """
            curl -X POST %s/api/v1/calls \\
              -H "Authorization: Bearer %s" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}'\
            """.formatted(address, key);
    }

    private static String python(String key, String address) {
        return """
            import json, os, urllib.request

            call = {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}
            request = urllib.request.Request(
                "%s/api/v1/calls",
                data=json.dumps(call).encode(),
                headers={"Authorization": "Bearer " + %s, "Content-Type": "application/json"},
            )
            print(json.load(urllib.request.urlopen(request)))\
            """.formatted(address, key);
    }

    /** One file, as {@code java FirstCall.java} runs it. */
    private static String java(String key, String address) {
        return """
            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse;

            class FirstCall {
                public static void main(String[] arguments) throws Exception {
                    String call = "{\\"model\\": \\"gpt-4o\\", \\"tokens_input\\": 5000, \\"tokens_output\\": 2000,"
                        + " \\"stage\\": \\"development\\"}";
                    HttpRequest request = HttpRequest.newBuilder(URI.create("%s/api/v1/calls"))
                        .header("Authorization", "Bearer " + %s)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(call))
                        .build();
                    HttpResponse<String> answer =
                        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                    System.out.println(answer.statusCode() + " " + answer.body());
                }
            }\
            """.formatted(address, key);
    }

    private static String javascript(String key, String address) {
        return """
            const answer = await fetch("%s/api/v1/calls", {
              method: "POST",
              headers: { Authorization: "Bearer " + %s, "Content-Type": "application/json" },
              body: JSON.stringify({ model: "gpt-4o", tokens_input: 5000, tokens_output: 2000, stage: "development" }),
            });
            console.log(answer.status, await answer.json());\
            """.formatted(address, key);
    }
}
