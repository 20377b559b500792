package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.PushConnection;
import com.vaadin.flow.server.communication.PushConnectionFactory;

/** Makes the connections by which tabs are told what is new; Vaadin finds it by {@code META-INF/services}. */
public final class PushConnections implements PushConnectionFactory {

    @Override
    public PushConnection apply(UI tab) {
        return new PromptPushConnection(tab);
    }
}
