package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.communication.PushConnectionFactory;
import java.lang.reflect.Proxy;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.atmosphere.cpr.AtmosphereResource;
import org.atmosphere.cpr.Broadcaster;
import org.junit.jupiter.api.Test;

class PromptPushConnectionTest {

    private final CompletableFuture<Object> written = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closedAfterItsMessage = new CompletableFuture<>();

    @Test
    void aTabThatClosesWaitsForItsLastMessageElsewhere() throws Exception {
        var tab = new UI();
        var connection = new PromptPushConnection(tab) {
            void say(String words) {
                sendMessage(words);
            }
        };
        connection.connect(socket());
        connection.say("the last words");
        tab.close();

        connection.disconnect();
        written.complete("the last words");

        assertThat(closedAfterItsMessage.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(connection.isConnected()).isFalse();
    }

    @Test
    void isTheOneConnectionThatVaadinFinds() {
        assertThat(ServiceLoader.load(PushConnectionFactory.class))
                .singleElement()
                .satisfies(made -> assertThat(made.apply(new UI())).isInstanceOf(PromptPushConnection.class));
    }

    private AtmosphereResource socket() {
        var broadcaster = (Broadcaster) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Broadcaster.class},
                (_, method, _) -> switch (method.getName()) {
                    case "broadcast" -> written;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (AtmosphereResource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AtmosphereResource.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getBroadcaster" -> broadcaster;
                    case "isResumed" -> false;
                    case "close" -> closedAfterItsMessage.complete(written.isDone());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
