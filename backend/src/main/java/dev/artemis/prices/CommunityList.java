package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The price list that the community keeps (LiteLLM's {@code model_prices_and_context_window.json}): one object, a
 * member for each model. Read one model at a time, so that a large list needs little memory.
 */
final class CommunityList {

    /** Longer lists are refused. */
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int MAX_ENTRIES = 100_000;

    /** One model of the list. */
    record Entry(String name, ListedPrice price) {}

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads all of it before anything is written.
     *
     * @throws Problem 400 it is not such a list; 413 it is too large
     */
    List<Entry> read(InputStream list) {
        List<Entry> entries = new ArrayList<>();
        try (JsonParser parser = json.createParser(new Capped(list))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.invalidRequest("body", "an object with a member for each model");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                JsonNode entry = parser.readValueAsTree();
                entries.add(new Entry(name, ListedPrice.read(name, entry)));
                if (entries.size() > MAX_ENTRIES) {
                    throw tooLarge();
                }
            }
            if (parser.nextToken() != null) {
                throw Problem.invalidRequest("body", "has something behind its end");
            }
        } catch (JacksonException e) {
            throw Problem.invalidRequest("body", "is not JSON");
        }
        return entries;
    }

    private static Problem tooLarge() {
        return Problem.of(413, "content-too-large", "A price list has at most 32 MiB and 100,000 models.");
    }

    private static final class Capped extends FilterInputStream {

        private long left = MAX_BYTES;

        Capped(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                count(1);
            }
            return next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
