package dev.artemis.exports;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the sheets of a workbook: each cell as its type and its text, such as {@code n:12.5} and {@code inlineStr:a}. By
 * the archive's directory, as Excel and LibreOffice do: {@link java.util.zip.ZipInputStream} takes the sizes of 8 bytes
 * behind a streamed entry for sizes of 4.
 */
public final class Workbooks {

    private Workbooks() {}

    /** A cell's number, where the header has that column. */
    public static BigDecimal number(List<String> row, List<String> header, String column) {
        return value(row, header, column, "n:");
    }

    /** The amount that stands beside such a number as text. */
    public static BigDecimal exact(List<String> row, List<String> header, String column) {
        return value(row, header, column + "_exact", "inlineStr:");
    }

    private static BigDecimal value(List<String> row, List<String> header, String column, String type) {
        int at = header.indexOf("inlineStr:" + column);
        if (at < 0 || !row.get(at).startsWith(type)) {
            throw new AssertionError("no " + column + " in " + row);
        }
        return new BigDecimal(row.get(at).substring(type.length()));
    }

    public static Map<String, List<List<String>>> sheets(byte[] workbook) throws IOException, XMLStreamException {
        return read(workbook, zip -> {
            Map<String, List<List<String>>> sheets = new LinkedHashMap<>();
            int number = 0;
            for (String name : names(part(zip, "xl/workbook.xml"))) {
                number++;
                sheets.put(name, rows(part(zip, "xl/worksheets/sheet" + number + ".xml")));
            }
            return sheets;
        });
    }

    /** How cells are shown, as the file has it. */
    static String styles(byte[] workbook) throws IOException, XMLStreamException {
        return read(workbook, zip -> new String(part(zip, "xl/styles.xml").readAllBytes(), StandardCharsets.UTF_8));
    }

    private interface Reading<T> {
        T of(ZipFile zip) throws IOException, XMLStreamException;
    }

    private static <T> T read(byte[] workbook, Reading<T> reading) throws IOException, XMLStreamException {
        Path file = Files.createTempFile("workbook", ".xlsx");
        try {
            Files.write(file, workbook);
            try (var zip = new ZipFile(file.toFile())) {
                return reading.of(zip);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static InputStream part(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(Objects.requireNonNull(zip.getEntry(name), name));
    }

    private static List<String> names(InputStream xml) throws XMLStreamException {
        List<String> names = new ArrayList<>();
        XMLStreamReader reader = XMLInputFactory.newInstance().createXMLStreamReader(xml);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("sheet")) {
                names.add(reader.getAttributeValue(null, "name"));
            }
        }
        return names;
    }

    private static List<List<String>> rows(InputStream xml) throws XMLStreamException {
        List<List<String>> rows = new ArrayList<>();
        XMLStreamReader reader = XMLInputFactory.newInstance().createXMLStreamReader(xml);
        String type = "";
        int column = 0;
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "row" -> rows.add(new ArrayList<>());
                    case "c" -> {
                        String declared = reader.getAttributeValue(null, "t");
                        type = declared == null ? "n" : declared;
                        column = column(reader.getAttributeValue(null, "r"));
                        text.setLength(0);
                    }
                    default -> {}
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("c")) {
                List<String> row = rows.getLast();
                while (row.size() < column) {
                    row.add("");
                }
                row.add(type + ":" + text);
            }
        }
        return rows;
    }

    /** "C7" is 2. */
    private static int column(String cell) {
        int column = 0;
        for (char letter : cell.replaceAll("\\d", "").toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }
}
