package dev.artemis.scanning.python;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Encodings in which names are hidden. Of long texts nothing is known: no name is made of them. */
final class Codecs {

    private Codecs() {}

    /** {@code bytes.decode(encoding)}. */
    static Value decoded(String bytes, Value encoding) {
        if (bytes.length() > Arithmetic.MOST_TEXT) {
            return Value.UNKNOWN;
        }
        String name = Value.unlessLong(encoding) instanceof Value.Text(String given)
                ? given.toLowerCase(Locale.ROOT).replace('_', '-')
                : "utf-8";
        return switch (name) {
            case "utf-8", "utf8", "ascii", "us-ascii" ->
                Value.text(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            case "latin-1", "latin1", "iso-8859-1" -> Value.text(bytes);
            default -> coded(new Value.Binary(bytes), encoding);
        };
    }

    /** {@code codecs.decode(of, codec)}. */
    static Value coded(Value of, Value codec) {
        if (!(Value.unlessLong(codec) instanceof Value.Text(String given))) {
            return Value.UNKNOWN;
        }
        String name = given.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        return switch (name) {
            case "rot13" ->
                Value.unlessLong(of) instanceof Value.Text(String text) ? Value.text(rotated(text)) : Value.UNKNOWN;
            case "hex", "hexcodec" -> unhex(latin(of));
            case "base64", "base64codec" -> base64(latin(of), false);
            // under the one name that decoded knows, which asks here for any other
            case "utf8", "ascii" ->
                of instanceof Value.Binary(String bytes) ? decoded(bytes, new Value.Text("utf-8")) : Value.UNKNOWN;
            case "latin1" ->
                of instanceof Value.Binary(String bytes) ? decoded(bytes, new Value.Text("latin-1")) : Value.UNKNOWN;
            case "unicodeescape" ->
                Value.unlessLong(of) instanceof Value.Binary(String bytes) ? unescaped(bytes) : Value.UNKNOWN;
            default -> Value.UNKNOWN;
        };
    }

    private static Value unescaped(String bytes) {
        try {
            return Value.text(Escapes.decoded(bytes, false, 0));
        } catch (SyntaxFault e) {
            return Value.UNKNOWN;
        }
    }

    private static String rotated(String text) {
        var rotated = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                rotated.append((char) ('a' + (c - 'a' + 13) % 26));
            } else if (c >= 'A' && c <= 'Z') {
                rotated.append((char) ('A' + (c - 'A' + 13) % 26));
            } else {
                rotated.append(c);
            }
        }
        return rotated.toString();
    }

    /** A text or bytes, one character each; null for anything else, and for what is longer than names are. */
    static @Nullable String latin(Value value) {
        return switch (Value.unlessLong(value)) {
            case Value.Text(String text) -> text;
            case Value.Binary(String bytes) -> bytes;
            default -> null;
        };
    }

    static Value unhex(@Nullable String hex) {
        try {
            return hex == null
                    ? Value.UNKNOWN
                    : Value.binary(
                            new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Value.UNKNOWN;
        }
    }

    static Value base64(@Nullable String text, boolean urlSafe) {
        if (text == null) {
            return Value.UNKNOWN;
        }
        try {
            Base64.Decoder decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getMimeDecoder();
            return Value.binary(new String(
                    decoder.decode(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return Value.UNKNOWN;
        }
    }
}
