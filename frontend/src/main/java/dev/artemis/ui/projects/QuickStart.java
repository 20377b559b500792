package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServletRequest;
import dev.artemis.projects.Project;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Snippet;
import jakarta.servlet.http.HttpServletRequest;

/** How a program begins with a project, to be copied. */
class QuickStart extends Panel {

    private static final long serialVersionUID = 1;

    private static final String KEY_FROM_ENVIRONMENT = "$ARTEMIS_KEY";

    QuickStart(TeamScope scope, Project project) {
        super(translate("quick.title"));
        var about = new Paragraph(translate("quick.about", scope.slug() + "/" + project.slug()));
        about.addClassName("artemis-quiet");
        add(
                about,
                new Snippet(curl(KEY_FROM_ENVIRONMENT)),
                new Details("Python", new Snippet(python())),
                new Details("JavaScript", new Snippet(javascript())));
    }

    /** Records a call, as it works in a shell. */
    static String curl(String key) {
        return """
            curl -X POST %s/api/v1/calls \\
              -H "Authorization: Bearer %s" \\
              -H "Content-Type: application/json" \\
              -d '{"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}'\
            """.formatted(address(), key);
    }

    private static String python() {
        return """
            import json, os, urllib.request

            call = {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}
            request = urllib.request.Request(
                "%s/api/v1/calls",
                data=json.dumps(call).encode(),
                headers={"Authorization": "Bearer " + os.environ["ARTEMIS_KEY"], "Content-Type": "application/json"},
            )
            print(json.load(urllib.request.urlopen(request)))\
            """.formatted(address());
    }

    private static String javascript() {
        return """
            const answer = await fetch("%s/api/v1/calls", {
              method: "POST",
              headers: { Authorization: `Bearer ${process.env.ARTEMIS_KEY}`, "Content-Type": "application/json" },
              body: JSON.stringify({ model: "gpt-4o", tokens_input: 5000, tokens_output: 2000, stage: "development" }),
            });
            console.log(answer.status, await answer.json());\
            """.formatted(address());
    }

    /** As the browser reached this server. */
    private static String address() {
        if (VaadinRequest.getCurrent() instanceof VaadinServletRequest request) {
            HttpServletRequest http = request.getHttpServletRequest();
            String full = http.getRequestURL().toString();
            return full.substring(0, full.length() - http.getRequestURI().length()) + http.getContextPath();
        }
        return "";
    }
}
