package dev.artemis.ui;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
        return fault instanceof IllegalStateException && isOfAClosedSocket(fault)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static boolean isOfAClosedSocket(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return trace.length > 0
                && trace[0].getClassName().equals(TOMCATS_SOCKET)
                && trace[0].getMethodName().equals("writeMessagePart");
    }
}
