package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Images;
import dev.artemis.shared.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The prepared image of each language; languages of one image share it. */
final class PreparedImages {

    private final Images images;
    private final Map<String, PreparedImage> prepared = new LinkedHashMap<>();

    PreparedImages(Engine engine, Images images) {
        this.images = images;
        images.needed().keySet().forEach(name -> prepared.put(name, new PreparedImage(engine, name)));
    }

    PreparedImage of(Language language) {
        return Objects.requireNonNull(prepared.get(images.of(language)), language.id());
    }

    /** One that is needed, and the languages that it has to run. */
    record Needed(PreparedImage image, List<Language> languages) {}

    List<Needed> needed() {
        List<Needed> needed = new ArrayList<>();
        images.needed()
                .forEach((name, languages) ->
                        needed.add(new Needed(Objects.requireNonNull(prepared.get(name)), languages)));
        return needed;
    }
}
