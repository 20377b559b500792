package dev.artemis.e2e.bench;

import dev.artemis.e2e.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A CSV export of one team, read as it comes and kept nowhere. */
record Export(long bytes, long lines, double seconds) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int BUFFER = 1 << 16;

    static Export of(Instance instance, String team, String period) {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        long lines = -1;
        long start = System.nanoTime();
        try (InputStream body = open(instance, team, period)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
                for (int n = 0; n < read; n++) {
                    lines += buffer[n] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Export(bytes, lines, (System.nanoTime() - start) / 1e9);
    }

    /** The exact sum of the last column. */
    static BigDecimal total(Instance instance, String team, String period) {
        try (var lines =
                new BufferedReader(new InputStreamReader(open(instance, team, period), StandardCharsets.UTF_8))) {
            BigDecimal sum = BigDecimal.ZERO;
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum = sum.add(new BigDecimal(line.substring(line.lastIndexOf(',') + 1)));
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Instance instance, String team, String period) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        instance.url().resolve("/api/v1/reports/costs?format=csv&" + period))
                .header("Authorization", "Bearer " + Instance.ADMIN_KEY)
                .header("Artemis-Project", team + "/web")
                .build();
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("an export was answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an export was read", e);
        }
    }
}
