package dev.artemis.exports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the sheets of a workbook: each cell as its type and its text, such as {@code n:12.5} and {@code inlineStr:a}. */
final class Workbooks {

    private Workbooks() {}

    static Map<String, List<List<String>>> sheets(byte[] workbook) throws IOException, XMLStreamException {
        Map<String, List<List<String>>> sheets = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        Map<String, List<List<String>>> byFile = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readAllBytes();
                if (entry.getName().equals("xl/workbook.xml")) {
                    names.addAll(names(new ByteArrayInputStream(content)));
                } else if (entry.getName().startsWith("xl/worksheets/sheet")) {
                    byFile.put(entry.getName(), rows(new ByteArrayInputStream(content)));
                }
            }
        }
        for (int n = 0; n < names.size(); n++) {
            sheets.put(names.get(n), byFile.get("xl/worksheets/sheet" + (n + 1) + ".xml"));
        }
        return sheets;
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
