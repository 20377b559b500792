package dev.artemis.web;

import dev.artemis.shared.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Answers where no controller does: addresses under {@code /api} that nobody serves, and errors of the server itself. */
@Configuration(proxyBeanMethods = false)
class NowhereToGo {

    /** After all controllers, before the pages, which would answer with one of theirs. */
    private static final int AFTER_CONTROLLERS = 1000;

    @Bean
    HandlerMapping unknownCalls(ProblemWriter problems) {
        HttpRequestHandler nobody =
                (request, response) -> problems.write(Problem.of(404, "not-found", "There is no such call."), response);
        return new SimpleUrlHandlerMapping(Map.of("/api", nobody, "/api/**", nobody), AFTER_CONTROLLERS);
    }

    /** What a filter or the container refused, as a problem document as well. */
    @RestController
    static class Refusals implements ErrorController {

        private final ProblemWriter problems;

        Refusals(ProblemWriter problems) {
            this.problems = problems;
        }

        @RequestMapping("${server.error.path:/error}")
        void refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            HttpStatus known = code instanceof Integer number ? HttpStatus.resolve(number) : null;
            HttpStatus status = known == null ? HttpStatus.NOT_FOUND : known;
            problems.write(
                    Problem.of(
                            status.value(),
                            status == HttpStatus.BAD_REQUEST ? "invalid-request" : codeOf(status),
                            status.getReasonPhrase() + "."),
                    response);
        }
    }

    /** "Method Not Allowed" is "method-not-allowed". */
    static String codeOf(HttpStatus status) {
        return status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
