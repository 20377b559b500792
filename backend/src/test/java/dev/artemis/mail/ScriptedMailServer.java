package dev.artemis.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server on a socket that says what a test wants it to say, or nothing at all. */
public final class ScriptedMailServer implements AutoCloseable {

    /** Instead of an answer: none, and the connection stays open. */
    public static final String SILENCE = "";
    /** Instead of an answer: the connection ends. */
    public static final String HANGS_UP = "-";
    /** The line that ends a letter. */
    public static final String END = ".";

    private static final Map<String, String> USUAL = Map.of(
            "EHLO",
            "250 test",
            "MAIL",
            "250 OK",
            "RCPT",
            "250 OK",
            "DATA",
            "354 go on",
            END,
            "250 taken",
            "QUIT",
            "221 bye");

    private final ServerSocket listener;
    private final Map<String, String> script = new ConcurrentHashMap<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    /** @param port 0: any that is free */
    public ScriptedMailServer(int port) throws IOException {
        listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::listen);
    }

    /** What it says to a line that begins so, instead of the usual. */
    public ScriptedMailServer to(String line, String answer) {
        script.put(line, answer);
        return this;
    }

    /** Says the usual to everything again. */
    public void usual() {
        script.clear();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** The letters that were handed over whole, with their headers, whatever was answered. */
    public List<String> letters() {
        return List.copyOf(letters);
    }

    /** All lines but the letters'. */
    public List<String> said() {
        return List.copyOf(said);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> speak(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void speak(Socket connection) {
        try (connection;
                var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            answer(connection, "220 test");
            StringBuilder letter = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (letter != null && !line.equals(END)) {
                    letter.append(line).append('\n');
                    continue;
                }
                if (letter != null) {
                    letters.add(letter.toString());
                } else {
                    said.add(line);
                }
                letter = null;
                String answer = answerTo(line);
                if (answer.equals(HANGS_UP)) {
                    return;
                }
                answer(connection, answer);
                if (answer.startsWith("354")) {
                    letter = new StringBuilder();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answerTo(String line) {
        return script.entrySet().stream()
                .filter(one -> line.startsWith(one.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(() -> USUAL.getOrDefault(line.length() > 4 ? line.substring(0, 4) : line, "250 OK"));
    }

    private static void answer(Socket connection, String answer) throws IOException {
        if (!answer.equals(SILENCE)) {
            connection.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
