package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TabsThatLeftTest {

    private final TabsThatLeft filter = new TabsThatLeft();
    private final Logger log = (Logger) LoggerFactory.getLogger("org.atmosphere.cpr.AsynchronousProcessor");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        filter.add();
        logged.start();
        log.addAppender(logged);
        log.setAdditive(false);
    }

    @AfterEach
    void stop() {
        log.setAdditive(true);
        log.detachAppender(logged);
        filter.remove();
    }

    @Test
    void aMessageForATabThatLeftIsNoFault() {
        log.error(
                "Failed to cancel resource",
                thrownBy("org.apache.tomcat.websocket.WsRemoteEndpointImplBase", "writeMessagePart"));
        log.error(
                "Failed to cancel resource: {}",
                "a tab",
                thrownBy("org.apache.tomcat.websocket.WsRemoteEndpointImplBase", "writeMessagePart"));
        var gone = new NullPointerException();
        gone.setStackTrace(at("org.atmosphere.handler.AbstractReflectorAtmosphereHandler", "onStateChange"));
        log.error("Failed to cancel resource: {}", "a tab", gone);

        assertThat(logged.list).isEmpty();
    }

    @Test
    void aGoodbyeToATabThatIsJustWrittenToIsNoFault() {
        log.error("Failed to cancel resource: {}", "a tab", inState("TEXT_FULL_WRITING"));

        assertThat(logged.list).isEmpty();
    }

    @Test
    void aConnectionIsLostAfterItsRequestWasLetGo() {
        StackTraceElement letGo = at("org.atmosphere.cpr.AtmosphereResourceImpl", "getRequest")[0];
        StackTraceElement lost = at("com.vaadin.flow.server.communication.PushHandler", "connectionLost")[0];
        var ofALoss = new IllegalStateException("Request object no longer valid. This object has been cancelled");
        ofALoss.setStackTrace(new StackTraceElement[] {letGo, lost});
        var elsewhere = new IllegalStateException("Request object no longer valid. This object has been cancelled");
        elsewhere.setStackTrace(new StackTraceElement[] {letGo});

        log.error("Exception in push connection", ofALoss);
        assertThat(logged.list).isEmpty();
        log.error("Exception in push connection", elsewhere);
        assertThat(logged.list).hasSize(1);
    }

    @Test
    void twoThatWriteToATabAreAFaultElsewhere() {
        Logger elsewhere = (Logger) LoggerFactory.getLogger("org.atmosphere.cpr.DefaultBroadcaster");
        elsewhere.addAppender(logged);
        elsewhere.setAdditive(false);
        try {
            elsewhere.error("Failed to write", inState("TEXT_FULL_WRITING"));
        } finally {
            elsewhere.setAdditive(true);
            elsewhere.detachAppender(logged);
        }
        log.error("Failed to cancel resource: {}", "a tab", inState("OPEN"));
        log.error("Failed to cancel resource: {}", "a tab", new IllegalStateException("in state [TEXT_FULL_WRITING]"));
        log.error("Failed to write: {}", "a tab", inState("TEXT_FULL_WRITING"));

        assertThat(logged.list).hasSize(4);
    }

    @Test
    void anythingElseIsLogged() {
        log.error("Failed to cancel resource", thrownBy("dev.artemis.ui.Live", "writeMessagePart"));
        log.error("Failed to cancel resource", new IllegalArgumentException());
        log.error("Failed to cancel resource");
        log.error("Failed to cancel resource: {}", "a tab", new NullPointerException());

        assertThat(logged.list).hasSize(4);
    }

    /** As Tomcat says it. */
    private static Exception inState(String state) {
        var fault = new IllegalStateException(
                "The remote endpoint was in state [" + state + "] which is an invalid state for called method");
        fault.setStackTrace(at("org.apache.tomcat.websocket.WsRemoteEndpointImplBase$StateMachine", "checkState"));
        return fault;
    }

    private static Exception thrownBy(String type, String method) {
        var fault = new IllegalStateException("closed");
        fault.setStackTrace(at(type, method));
        return fault;
    }

    private static StackTraceElement[] at(String type, String method) {
        return new StackTraceElement[] {new StackTraceElement(type, method, "X.java", 1)};
    }
}
