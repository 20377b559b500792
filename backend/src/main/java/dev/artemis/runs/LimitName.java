package dev.artemis.runs;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The limits of a run by their names in the API, with the least, the platform's default and the platform's maximum. */
enum LimitName {
    CPU("cpu", "0.01", "1", "16"),
    MEMORY_MB("memory_mb", "16", "512", "8192"),
    CPU_SECONDS("cpu_seconds", "0.01", "300", "3600"),
    TIMEOUT_SECONDS("timeout_seconds", "0.01", "600", "7200"),
    FILE_SIZE_MB("file_size_mb", "1", "64", "1024"),
    DISK_MB("disk_mb", "1", "256", "4096"),
    PROCESSES("processes", "1", "64", "1024"),
    OPEN_FILES("open_files", "16", "256", "4096"),
    OUTPUT_BYTES("output_bytes", "2", "1048576", "16777216");

    private final String text;
    private final BigDecimal least;
    private final BigDecimal usual;
    private final BigDecimal most;

    LimitName(String text, String least, String usual, String most) {
        this.text = text;
        this.least = new BigDecimal(least);
        this.usual = new BigDecimal(usual);
        this.most = new BigDecimal(most);
    }

    String text() {
        return text;
    }

    BigDecimal least() {
        return least;
    }

    BigDecimal usual() {
        return usual;
    }

    BigDecimal most() {
        return most;
    }

    @Nullable BigDecimal of(RunRequest.LimitsRequest asked) {
        return switch (this) {
            case CPU -> asked.cpu();
            case MEMORY_MB -> whole(asked.memoryMb());
            case CPU_SECONDS -> asked.cpuSeconds();
            case TIMEOUT_SECONDS -> asked.timeoutSeconds();
            case FILE_SIZE_MB -> whole(asked.fileSizeMb());
            case DISK_MB -> whole(asked.diskMb());
            case PROCESSES -> whole(asked.processes());
            case OPEN_FILES -> whole(asked.openFiles());
            case OUTPUT_BYTES -> whole(asked.outputBytes());
        };
    }

    private static @Nullable BigDecimal whole(@Nullable Long value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }
}
