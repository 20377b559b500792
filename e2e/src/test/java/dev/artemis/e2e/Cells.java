package dev.artemis.e2e;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** What cannot be read in the cells of a page's tables. */
final class Cells {

    /** What is longer than its cell; what costs are grouped by may be, and is told in full to whoever points at it. */
    private static final String CUT_OFF = """
        () => [...document.querySelectorAll('vaadin-grid-cell-content')]
            .filter(cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1)
            .filter(cell => !cell.closest('.artemis-cost-table') || getComputedStyle(cell).textAlign === 'end')
            .map(cell => cell.textContent.trim())
        """;

    /** Words and numbers that begin on one line and end on another; what is longer than any cell, such as an address, may do so. */
    private static final String BROKEN = """
        () => {
          const faults = [];
          for (const cell of document.querySelectorAll('vaadin-grid-cell-content')) {
            if (!cell.checkVisibility()) {
              continue;
            }
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            for (let text = texts.nextNode(); text; text = texts.nextNode()) {
              const words = text.data.includes('://') ? '' : text.data;
              for (const word of words.matchAll(/[^ \\n/-]+/g)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].filter(one => one.width > 0).map(one => Math.round(one.top)));
                if (word[0].length < 25 && lines.size > 1) {
                  faults.push(word[0]);
                }
              }
            }
          }
          return faults;
        }
        """;

    private Cells() {}

    static List<String> faults(Page page) {
        List<String> faults = new ArrayList<>();
        ((List<?>) page.evaluate(CUT_OFF)).forEach(text -> faults.add("cut off: " + text));
        ((List<?>) page.evaluate(BROKEN)).forEach(word -> faults.add("broken over two lines: " + word));
        return faults;
    }
}
