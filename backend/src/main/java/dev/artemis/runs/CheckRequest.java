package dev.artemis.runs;

import dev.artemis.projects.Project;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Problem.FieldFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns a request into something that a sandbox can run, or tells all that is wrong with it at once. */
final class CheckRequest {

    private static final int MAX_STAGE = 200;
    private static final int MAX_CARD = 200;
    private static final int MAX_PRIORITY = 10;
    private static final byte[] NOTHING = new byte[0];

    private final Project project;
    private final List<FieldFault> faults = new ArrayList<>();

    CheckRequest(Project project) {
        this.project = project;
    }

    /**
     * What to run.
     *
     * @throws Problem 422 naming each field that is not allowed
     */
    CheckedRequest check(RunRequest request) {
        Optional<Language> language = language(request.language());
        String code = text("code", request.code());
        if (request.code() == null) {
            fault("code", "is missing");
        }
        String stage = label("stage", request.stage(), MAX_STAGE);
        String card = label("card_id", request.cardId(), MAX_CARD);
        int priority = request.priority() == null ? 0 : request.priority();
        if (Math.abs((long) priority) > MAX_PRIORITY) {
            fault("priority", "must be within -10 and 10");
        }
        if (Boolean.FALSE.equals(request.scan()) && !project.allowUnscanned()) {
            fault("scan", "this project's owner does not allow unscanned runs");
        }
        Limits limits = new ResolveLimits(project).resolve(request.limits(), faults);
        byte[] stdin = text("stdin", request.stdin()).getBytes(StandardCharsets.UTF_8);
        Map<String, String> env = env(request.env());
        List<SandboxFile> files = files(request.files());
        throwFaults();
        SandboxSpec spec = spec(language.orElseThrow(), code, files, stdin, env, limits);
        return new CheckedRequest(spec, stage, card, priority, !Boolean.FALSE.equals(request.scan()));
    }

    private Optional<Language> language(@Nullable String id) {
        Optional<Language> language = id == null ? Optional.empty() : Language.named(id);
        if (language.isEmpty()) {
            fault(
                    "language",
                    "must be one of "
                            + String.join(
                                    ", ",
                                    Language.all().stream().map(Language::id).toList()));
        }
        return language;
    }

    private @Nullable String label(String field, @Nullable String value, int most) {
        if (value != null
                && (value.isBlank()
                        || value.length() > most
                        || !encodable(value)
                        || value.chars().anyMatch(Character::isISOControl))) {
            fault(field, "1 to " + most + " characters, no control characters");
        }
        return value;
    }

    /** A lone surrogate has no UTF-8. */
    private String text(String field, @Nullable String value) {
        if (value != null && !encodable(value)) {
            fault(field, "must be valid Unicode");
        }
        return value == null ? "" : value;
    }

    private static boolean encodable(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    private Map<String, String> env(@Nullable Map<String, @Nullable String> env) {
        if (env == null) {
            return Map.of();
        }
        for (String name : new TreeSet<>(env.keySet())) {
            String value = env.get(name);
            if (value == null || !encodable(value) || !encodable(name)) {
                fault("env", "every value must be valid Unicode text");
                return Map.of();
            }
        }
        return Map.copyOf(env);
    }

    private List<SandboxFile> files(@Nullable List<RunRequest.@Nullable FileRequest> asked) {
        if (asked == null) {
            return List.of();
        }
        if (asked.size() > SandboxSpec.MAX_FILES) {
            fault("files", "at most " + SandboxSpec.MAX_FILES);
            return List.of();
        }
        List<SandboxFile> files = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            file("files[" + i + "]", asked.get(i)).ifPresent(files::add);
        }
        return files;
    }

    private Optional<SandboxFile> file(String field, RunRequest.@Nullable FileRequest asked) {
        if (asked == null || asked.path() == null || asked.contentBase64() == null) {
            fault(field, "must have path and content_base64");
            return Optional.empty();
        }
        if (!encodable(asked.path())) {
            fault(field + ".path", "must be valid Unicode");
            return Optional.empty();
        }
        byte[] content = NOTHING;
        try {
            content = Base64.getDecoder().decode(asked.contentBase64());
        } catch (IllegalArgumentException e) {
            fault(field + ".content_base64", "must be Base64");
        }
        try {
            return Optional.of(new SandboxFile(asked.path(), content));
        } catch (IllegalArgumentException e) {
            fault(field + ".path", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** The sandbox's own rules; its messages begin with the field's name. */
    private static SandboxSpec spec(
            Language language,
            String code,
            List<SandboxFile> files,
            byte[] stdin,
            Map<String, String> env,
            Limits limits) {
        try {
            return new SandboxSpec(language, code, files, stdin, env, limits);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw Problem.notAllowed(message.replaceAll("[^a-z].*", ""), message);
        }
    }

    private void fault(String field, String message) {
        faults.add(new FieldFault(field, message));
    }

    private void throwFaults() {
        if (!faults.isEmpty()) {
            throw Problem.notAllowed(faults);
        }
    }
}
