package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.AtmospherePushConnection;

/**
 * The socket of one tab, which closes without holding up the other tabs of its session.
 *
 * <p>Vaadin's own waits up to a second for the last message, with the session locked. A browser that leaves a page closes the
 * socket in the same moment, and Atmosphere's writer waits for that very lock before it gives the message up: whoever opened
 * the next page waited that second.
 */
class PromptPushConnection extends AtmospherePushConnection {

    private final UI tab;

    PromptPushConnection(UI tab) {
        super(tab);
        this.tab = tab;
    }

    /** A tab that is closing is never connected again, so that its socket can close in its own time. */
    @Override
    public void disconnect() {
        if (tab.isClosing()) {
            Thread.ofVirtual().name("closing-tab-" + tab.getUIId()).start(super::disconnect);
        } else {
            super.disconnect();
        }
    }
}
