package dev.artemis.ui.parts;

import com.vaadin.flow.component.Svg;
import io.nayuki.qrcodegen.QrCode;

/** A text as a QR code, drawn in the page itself: nobody else learns it. */
public final class QrPicture extends Svg {

    private static final long serialVersionUID = 1;

    /** Light modules around it, so that a camera finds its edge. */
    private static final int MARGIN = 4;

    /**
     * Draws it.
     *
     * @param name what it is read out as
     * @throws IllegalArgumentException the text is longer than a QR code holds, about 2,300 bytes
     */
    public QrPicture(String text, String name) {
        super(drawing(QrCode.encodeText(text, QrCode.Ecc.MEDIUM)));
        addClassName("artemis-qr");
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", name);
    }

    private static String drawing(QrCode code) {
        int size = code.size + 2 * MARGIN;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append("M%d,%dh1v1h-1z".formatted(x + MARGIN, y + MARGIN));
                }
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges" aria-hidden="true">\
            <path d="%2$s"/></svg>\
            """.formatted(size, path);
    }
}
