package dev.artemis.ui.parts;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.TenantExport;

/** All that is kept of a team, as a file: a ZIP of JSON lines without any secret. Who may have it is asked when it is fetched. */
public final class TeamDataLink extends Anchor {

    private static final long serialVersionUID = 1;

    /** @param allowed asked at each download; throws the refusal */
    public TeamDataLink(TenantExport export, TenantId team, Slug slug, String text, Runnable allowed) {
        super(
                (DownloadHandler) event -> {
                    try {
                        allowed.run();
                    } catch (Problem refused) {
                        event.getResponse().setStatus(refused.status());
                        return;
                    }
                    event.setFileName(slug + ".zip");
                    event.setContentType("application/zip");
                    export.write(team, event.getOutputStream());
                },
                text);
        addClassNames("artemis-link", "artemis-action");
        getElement().setAttribute("download", true);
    }
}
