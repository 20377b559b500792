package dev.artemis.web;

import dev.artemis.shared.Problem;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Renders every error of the API as {@code application/problem+json}; never a stack trace or an internal message. */
@RestControllerAdvice
class ProblemDocuments extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemDocuments.class);

    /** What PostgreSQL calls character_not_in_repertoire. */
    private static final String NO_CHARACTER = "22021";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(Problem problem) {
        var answer = ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        Object retryAfter = problem.properties().get("retry_after_seconds");
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        return answer.body(document(problem));
    }

    /** What cannot be a name in an address names nothing. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongType(MethodArgumentTypeMismatchException e) {
        if (e.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return problem(Problem.notFound("That"));
        }
        return problem(Problem.invalidRequest(e.getName(), "has the wrong form"));
    }

    /** Two changed the same at once; the second has seen an older state. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> changedMeanwhile(OptimisticLockingFailureException e) {
        return problem(Problem.of(409, "changed-meanwhile", "Somebody else changed it at the same moment; try again."));
    }

    /** PostgreSQL keeps every character but U+0000, and who asks for that one has mistaken us. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> cannotBeKept(DataIntegrityViolationException e) {
        return e.getMostSpecificCause() instanceof SQLException cause && NO_CHARACTER.equals(cause.getSQLState())
                ? problem(Problem.invalidRequest("request", "holds the character U+0000, which is no text"))
                : fault(e);
    }

    /** A fault of ours: the incident's id is all that leaves the house. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> fault(Exception e) {
        String incident = UUID.randomUUID().toString();
        log.error("Request failed, incident={}", incident, e);
        return problem(Problem.of(500, "internal-error", "Something went wrong on our side.")
                .with(Map.of("incident", incident)));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(e));
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problem.notAllowed(e.getBindingResult().getFieldErrors().stream()
                .map(ProblemDocuments::fault)
                .toList()));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @org.jspecify.annotations.Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        String code = known == HttpStatus.BAD_REQUEST ? "invalid-request" : NowhereToGo.codeOf(known);
        return answer(Problem.of(status.value(), code, known.getReasonPhrase() + "."));
    }

    private static Problem.FieldFault fault(FieldError error) {
        return new Problem.FieldFault(error.getField(), String.valueOf(error.getDefaultMessage()));
    }

    private static Problem unreadable(HttpMessageNotReadableException e) {
        return e.getCause() instanceof JacksonException cause
                ? UnreadableJson.problem(cause)
                : Problem.invalidRequest("body", "is missing or not readable");
    }

    private static ResponseEntity<Object> answer(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(document(problem));
    }

    static ProblemDetail document(Problem problem) {
        ProblemDetail document =
                ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(problem.status()), problem.detail());
        document.setProperty("code", problem.code());
        if (!problem.errors().isEmpty()) {
            document.setProperty("errors", problem.errors());
        }
        problem.properties().forEach(document::setProperty);
        return document;
    }
}
