package dev.artemis.ui.runs;

import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunSummary;
import dev.artemis.ui.parts.OutputView;
import java.util.List;

/**
 * What is new of a run.
 *
 * @param fresh another attempt began: what was printed before is forgotten
 * @param moves changes of its status
 * @param pieces what it printed, in order
 */
record RunUpdate(
        RunSummary run, OutputSize size, boolean fresh, List<RunNews.Moved> moves, List<OutputView.Piece> pieces) {

    RunUpdate {
        moves = List.copyOf(moves);
        pieces = List.copyOf(pieces);
    }
}
