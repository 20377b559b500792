package dev.artemis.ui;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.stereotype.Component;

/**
 * Keeps out of the log what is no fault: a tab that was left while something was on its way to it. Atmosphere and Vaadin log
 * that as an error, with nothing that anybody could do about it.
 */
@Component
class TabsThatLeft extends TurboFilter {

    private static final String TOMCATS_SOCKET = "org.apache.tomcat.websocket.WsRemoteEndpointImplBase";

    /** Told that a tab left whose request it has let go already. */
    private static final String ATMOSPHERES_HANDLER = "org.atmosphere.handler.AbstractReflectorAtmosphereHandler";

    /** Has let the request go already of a connection that Vaadin is told the loss of. */
    private static final String ATMOSPHERES_RESOURCE = "org.atmosphere.cpr.AtmosphereResourceImpl";

    private static final String VAADINS_PUSH = "com.vaadin.flow.server.communication.PushHandler";

    /** Says good-bye to a tab, also to one that another thread is just writing to. */
    private static final String ATMOSPHERES_GOODBYE = "org.atmosphere.cpr.AsynchronousProcessor";

    /** What it says of one that failed, and of nothing else. */
    private static final String FAILED_GOODBYE = "Failed to cancel resource: {}";

    private static final String TOMCATS_STATES = "org.apache.tomcat.websocket.WsRemoteEndpointImplBase$StateMachine";

    private static final String IS_WRITTEN_TO = "_WRITING]";

    @PostConstruct
    void add() {
        context().addTurboFilter(this);
        start();
    }

    @PreDestroy
    void remove() {
        context().getTurboFilterList().remove(this);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable fault) {
        Throwable told = fault == null ? last(parameters) : fault;
        return told != null && (isOfATabThatLeft(told) || isOfAGoodbye(logger, format, told))
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** Where a message has values, its fault comes as the last of them. */
    private static @Nullable Throwable last(Object @Nullable [] parameters) {
        return parameters != null
                        && parameters.length > 0
                        && parameters[parameters.length - 1] instanceof Throwable fault
                ? fault
                : null;
    }

    private static boolean isOfATabThatLeft(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return trace.length > 0
                && switch (fault) {
                    case IllegalStateException _ ->
                        isAt(trace[0], TOMCATS_SOCKET, "writeMessagePart") || isOfALostConnection(trace);
                    case NullPointerException _ -> isAt(trace[0], ATMOSPHERES_HANDLER, "onStateChange");
                    default -> false;
                };
    }

    private static boolean isOfALostConnection(StackTraceElement[] trace) {
        return isAt(trace[0], ATMOSPHERES_RESOURCE, "getRequest")
                && Arrays.stream(trace).anyMatch(frame -> isAt(frame, VAADINS_PUSH, "connectionLost"));
    }

    /** Elsewhere two threads that write to one tab are a fault, and told. */
    private static boolean isOfAGoodbye(Logger logger, @Nullable String format, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return logger.getName().equals(ATMOSPHERES_GOODBYE)
                && FAILED_GOODBYE.equals(format)
                && fault instanceof IllegalStateException
                && fault.getMessage() instanceof String message
                && message.contains(IS_WRITTEN_TO)
                && trace.length > 0
                && isAt(trace[0], TOMCATS_STATES, "checkState");
    }

    private static boolean isAt(StackTraceElement frame, String type, String method) {
        return frame.getClassName().equals(type) && frame.getMethodName().equals(method);
    }
}
