package dev.artemis.reconciliation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Years;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a provider's file, or refuses it saying where. */
final class ReadBill {

    private static final int MOST_LINES = 500_000;
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,40})?([eE][-+]?\\d{1,2})?");
    private static final int MOST_DIGITS_BEFORE_THE_POINT = 12;
    private static final Pattern COUNT = Pattern.compile("\\d{1,15}(\\.0+)?");
    private static final char REPLACEMENT = '\uFFFD';
    private static final int ISO_DAY = 10;
    private static final int LONGEST_HEADER = 1 << 13;

    private ReadBill() {}

    /** What was read. */
    record Bill(BillLayout layout, List<BillLine> lines) {}

    /**
     * Reads CSV with a header, UTF-8, with commas between fields, or with semicolons where the header has more of those.
     * A comma within an amount is refused: what is a thousand in one country is one in another.
     *
     * @param mapping null: one of the known layouts
     * @throws Problem 422: no known layout, a column that is not there, or a value that cannot be read, with its line
     */
    static Bill of(InputStream file, @Nullable ColumnMapping mapping) {
        var buffered = new BufferedInputStream(file, LONGEST_HEADER);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator(buffered))
                .detectBomHeader(true)
                // looked at here, where the line can be told
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(buffered, StandardCharsets.UTF_8)) {
            Iterator<NamedCsvRecord> rows = reader.iterator();
            if (!rows.hasNext()) {
                throw Problem.notAllowed("file", "a CSV file with a header and at least one line");
            }
            NamedCsvRecord first = rows.next();
            BillLayout layout = layout(first.getHeader(), mapping);
            List<BillLine> lines = new ArrayList<>();
            requireUtf8(first.getHeader(), 1);
            read(layout, first, lines);
            while (rows.hasNext()) {
                read(layout, rows.next(), lines);
                if (lines.size() > MOST_LINES) {
                    throw Problem.notAllowed("file", "at most " + MOST_LINES + " lines");
                }
            }
            if (lines.isEmpty()) {
                throw Problem.notAllowed("file", "at least one line that says something");
            }
            requireCountable(lines);
            return new Bill(layout, lines);
        } catch (CsvParseException e) {
            throw Problem.notAllowed("file", "CSV (RFC 4180) with a header");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at the header alone, and leaves it to be read. */
    private static char separator(BufferedInputStream file) {
        try {
            file.mark(LONGEST_HEADER);
            String beginning = new String(file.readNBytes(LONGEST_HEADER), StandardCharsets.UTF_8);
            file.reset();
            String header = beginning.lines().findFirst().orElse("");
            return count(header, ';') > count(header, ',') ? ';' : ',';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long count(String text, char sought) {
        return text.chars().filter(each -> each == sought).count();
    }

    private static BillLayout layout(List<String> header, @Nullable ColumnMapping mapping) {
        if (mapping == null) {
            return BillLayout.of(header)
                    .orElseThrow(() -> Problem.notAllowed(
                            "file",
                            "one of the layouts "
                                    + BillLayout.KNOWN.stream()
                                            .map(BillLayout::name)
                                            .collect(Collectors.joining(", "))
                                    + "; or say which columns are day, model and cost"));
        }
        var layout = new BillLayout(
                "generic", mapping.provider(), mapping.day(), mapping.model(), mapping.cost(), null, List.of());
        List<String> missing = layout.missingIn(header);
        if (!missing.isEmpty()) {
            throw Problem.notAllowed("file", "a file with the column " + missing.getFirst());
        }
        return layout;
    }

    private static void read(BillLayout layout, NamedCsvRecord row, List<BillLine> lines) {
        long line = row.getStartingLineNumber();
        if (row.getFieldCount() != row.getHeader().size()) {
            throw Problem.notAllowed(
                    "file",
                    "line " + line + ": " + row.getHeader().size() + " fields as in the header, where "
                            + row.getFieldCount()
                            + " are; amounts have nothing between their thousands");
        }
        requireUtf8(row.getFields(), line);
        String model = field(row, layout.model());
        String cost = layout.cost() == null ? null : field(row, layout.cost());
        if (cost != null && cost.isEmpty()) {
            if (!model.isEmpty()) {
                throw fault(line, Objects.requireNonNull(layout.cost()), "an amount, 0 where nothing was billed");
            }
            // OpenAI exports a day without costs so
            return;
        }
        if (layout.currency() != null && !field(row, layout.currency()).equalsIgnoreCase("usd")) {
            throw fault(line, layout.currency(), "usd");
        }
        Long tokens = layout.tokens().isEmpty() ? null : 0L;
        for (String column : layout.tokens()) {
            tokens = Objects.requireNonNull(tokens) + count(line, column, field(row, column));
        }
        lines.add(new BillLine(
                day(line, layout.day(), field(row, layout.day())),
                layout.model().equals("line_item") ? model(model) : model,
                cost == null ? null : decimal(line, Objects.requireNonNull(layout.cost()), cost),
                tokens));
    }

    /** What is no UTF-8 was read as replacement characters. */
    private static void requireUtf8(List<String> texts, long line) {
        if (texts.stream().anyMatch(text -> text.indexOf(REPLACEMENT) >= 0)) {
            throw Problem.notAllowed("file", "line " + line + ": text in UTF-8; save the file as CSV UTF-8");
        }
    }

    /** Whatever is summed of them later fits. */
    private static void requireCountable(List<BillLine> lines) {
        try {
            long sum = 0;
            for (BillLine line : lines) {
                sum = Math.addExact(sum, Objects.requireNonNullElse(line.tokens(), 0L));
            }
        } catch (ArithmeticException e) {
            throw Problem.notAllowed("file", "at most " + Long.MAX_VALUE + " tokens in all");
        }
    }

    private static String field(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("").strip();
    }

    /** "gpt-4o-2024-08-06, cached input" */
    private static String model(String item) {
        int comma = item.indexOf(',');
        return comma < 0 ? item : item.substring(0, comma);
    }

    private static LocalDate day(long line, String column, String text) {
        try {
            LocalDate day = parsed(text);
            if (!Years.has(day)) {
                throw fault(line, column, "a day such as 2026-11-23");
            }
            return day;
        } catch (DateTimeException e) {
            throw fault(line, column, "a day such as 2026-11-23");
        }
    }

    /** A time without an offset is one of UTC, in which providers bill. */
    private static LocalDate parsed(String text) {
        if (text.matches("\\d{9,11}")) {
            return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(text)), ZoneOffset.UTC);
        }
        if (text.length() == ISO_DAY) {
            return LocalDate.parse(text);
        }
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime withOffset
                ? withOffset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate()
                : LocalDate.from(time);
    }

    private static BigDecimal decimal(long line, String column, String text) {
        String plain = text.startsWith("$") ? text.substring(1) : text;
        if (plain.indexOf(',') >= 0) {
            throw fault(
                    line,
                    column,
                    "an amount with a point before its cents and nothing between thousands, such as 1234.56");
        }
        if (!DECIMAL.matcher(plain).matches()) {
            throw fault(line, column, "an amount such as 12.50");
        }
        BigDecimal amount = new BigDecimal(plain);
        if (amount.precision() - amount.scale() > MOST_DIGITS_BEFORE_THE_POINT) {
            throw fault(line, column, "an amount below 1000000000000");
        }
        return amount;
    }

    private static long count(long line, String column, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!COUNT.matcher(text).matches()) {
            throw fault(line, column, "a number of tokens");
        }
        return new BigDecimal(text).longValueExact();
    }

    private static Problem fault(long line, String column, String allowed) {
        return Problem.notAllowed("file", "line " + line + ", " + column + ": " + allowed);
    }
}
