package dev.artemis.runs.web;

import dev.artemis.runs.Runs;
import dev.artemis.sandbox.Channel;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Credential;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What a run printed: as a download, and as it comes. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
class RunOutputController {

    private final Runs runs;
    private final JsonMapper json;

    RunOutputController(Runs runs, JsonMapper json) {
        this.runs = runs;
        this.json = json;
    }

    /** Never sniffed, never shown: what a program printed may be a page that attacks its reader. */
    @GetMapping("/output/{stream}")
    @RequiresScope(Scope.RUNS_READ)
    ResponseEntity<byte[]> output(Caller.ForProject caller, @PathVariable String id, @PathVariable String stream) {
        RunId run = RunsController.runId(id);
        byte[] bytes = runs.output(caller, run, channel(stream));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(run + "." + stream)
                                .build()
                                .toString())
                .body(bytes);
    }

    /** On the request's own virtual thread, until the run has ended, the reader has gone or their key is revoked. */
    @GetMapping("/events")
    @RequiresScope(Scope.RUNS_READ)
    void events(
            Caller.ForProject caller,
            Credential key,
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws IOException {
        RunId run = RunsController.runId(id);
        long after = lastEventId == null ? 0 : number(lastEventId);
        runs.summary(caller, run);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        var stream = new EventStream(response.getOutputStream(), json, key);
        try {
            runs.follow(caller, run, after, stream::send, stream::keepAlive);
            stream.end(RunLine.of(runs.summary(caller, run)));
        } catch (EventStream.ReaderGone e) {
            // an ordinary way to end: they come back with Last-Event-ID
        }
    }

    private static Channel channel(String stream) {
        return switch (stream) {
            case "stdout" -> Channel.STDOUT;
            case "stderr" -> Channel.STDERR;
            default -> throw Problem.notFound("The stream");
        };
    }

    private static long number(String lastEventId) {
        try {
            return Math.max(0, Long.parseLong(lastEventId.strip()));
        } catch (NumberFormatException e) {
            throw Problem.invalidRequest("Last-Event-ID", "must be the id of an event");
        }
    }
}
