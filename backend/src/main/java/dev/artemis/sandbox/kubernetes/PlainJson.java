package dev.artemis.sandbox.kubernetes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.openapi.JSON;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;

/**
 * The client's JSON without its validation: that makes a tree of each object to look at it, and another of each object within, so
 * that a pod is copied six times over, and a field that a newer cluster adds may be refused. Types and forms are the client's own.
 */
final class PlainJson {

    /** Those to which the client gives a form of its own, beside what annotations say. */
    private static final List<Class<?>> FORMED =
            List.of(Date.class, java.sql.Date.class, OffsetDateTime.class, LocalDate.class, byte[].class);

    private PlainJson() {}

    /** From here on every client of this process speaks it. */
    static void use() {
        JSON.setGson(of(JSON.getGson()));
    }

    private static Gson of(Gson before) {
        GsonBuilder builder = JSON.createGson();
        for (Type type : FORMED) {
            builder.registerTypeAdapter(type, before.getAdapter(TypeToken.get(type)));
        }
        return builder.create();
    }
}
