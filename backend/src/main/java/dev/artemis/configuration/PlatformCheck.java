package dev.artemis.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** What every server needs: a Java that is new enough, an address to listen on, a folder that lasts. */
class PlatformCheck implements StartupCheck {

    private static final int JAVA = 25;
    private static final int MAX_PORT = 65_535;
    private static final long ROOM = 1L << 30;

    private final Environment environment;

    PlatformCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(address());
        findings.add(home());
        findings.add(roles());
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return version >= JAVA
                ? Finding.pass("java", "Java " + version)
                : Finding.fail("java", "this is Java " + version, "Run it with Java " + JAVA + " or newer.");
    }

    private Finding address() {
        String host = environment.getProperty("server.address", "127.0.0.1");
        String text = environment.getProperty("server.port", "8080");
        Integer port = number(text);
        if (port == null || port < 0 || port > MAX_PORT) {
            return Finding.fail(
                    "port", "\"" + text + "\" is no port", "Set ARTEMIS_PORT to a number from 1 to " + MAX_PORT + ".");
        }
        if (environment.containsProperty("local.server.port")) {
            return Finding.pass("port", "this server listens on it");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Finding.pass("port", host + ":" + port + " is free");
        } catch (UnknownHostException e) {
            return Finding.fail(
                    "address", "\"" + host + "\" is no address", "Set ARTEMIS_ADDRESS to one of this machine.");
        } catch (IOException e) {
            return Finding.fail(
                    "port",
                    host + ":" + port + " cannot be listened on (" + e.getMessage() + ")",
                    "Stop the program that listens there, or set ARTEMIS_PORT (or ARTEMIS_ADDRESS) to another.");
        }
    }

    /** Looks without making anything: the check alone leaves no trace. */
    private Finding home() {
        String text = environment.getProperty("artemis.home", "");
        String remedy = "Set ARTEMIS_HOME to a folder that this user may write.";
        Path home;
        try {
            home = Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            return Finding.fail("home folder", "\"" + text + "\" is no path", remedy);
        }
        if (text.isBlank()) {
            return Finding.fail("home folder", "none is named", remedy);
        }
        Path existing = home;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            return Finding.fail("home folder", existing + " is no folder", remedy);
        }
        if (!Files.isWritable(existing)) {
            return Finding.fail("home folder", existing + " cannot be written", remedy);
        }
        return room(home, existing);
    }

    private static Finding room(Path home, Path existing) {
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            return free >= ROOM
                    ? Finding.pass("home folder", home + " can be written")
                    : Finding.warn(
                            "home folder",
                            home + " has " + (free >> 20) + " MiB left",
                            "Make room: the database and its log grow there.");
        } catch (IOException e) {
            return Finding.warn("home folder", home + ": free space is not known", "Make sure that there is some.");
        }
    }

    private Finding roles() {
        String text = environment.getProperty("artemis.roles", "");
        List<String> names = ServerRole.names(text);
        List<String> unknown =
                names.stream().filter(name -> ServerRole.named(name).isEmpty()).toList();
        if (!unknown.isEmpty() || names.isEmpty()) {
            return Finding.fail(
                    "roles", "\"" + text + "\" are no roles", "Set artemis.roles to some of api, worker, ui.");
        }
        return Finding.pass("roles", String.join(", ", names));
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
