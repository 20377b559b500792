package dev.artemis.ui.parts;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.TenantExport;

/** All that is kept of a team, as a file: a ZIP of JSON lines without any secret. */
public final class TeamDataLink extends Anchor {

    private static final long serialVersionUID = 1;

    public TeamDataLink(TenantExport export, TenantId team, Slug slug, String text) {
        super(
                (DownloadHandler) event -> {
                    event.setFileName(slug + ".zip");
                    event.setContentType("application/zip");
                    export.write(team, event.getOutputStream());
                },
                text);
        addClassName("artemis-link");
        getElement().setAttribute("download", true);
    }
}
