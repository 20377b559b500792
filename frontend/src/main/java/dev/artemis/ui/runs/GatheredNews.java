package dev.artemis.ui.runs;

import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Channel;
import dev.artemis.ui.parts.OutputView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a run and was not shown yet: what it printed as text, that of its last attempt alone. */
final class GatheredNews {

    private final Map<Channel, StreamText> texts = new EnumMap<>(Channel.class);
    private final List<RunNews.Moved> moves = new ArrayList<>();
    private final List<OutputView.Piece> pieces = new ArrayList<>();
    private int attempt;
    private boolean fresh;

    void add(RunNews news) {
        switch (news) {
            case RunNews.Moved moved -> {
                if (moved.attempt() > attempt) {
                    attempt = moved.attempt();
                    fresh = true;
                    pieces.clear();
                    texts.clear();
                }
                moves.add(moved);
                if (moved.status().ended()) {
                    // no more is printed: a character that was begun is shown as one that is none
                    texts.forEach((channel, text) -> show(channel, text.end()));
                }
            }
            case RunNews.Printed printed ->
                show(
                        printed.channel(),
                        texts.computeIfAbsent(printed.channel(), channel -> new StreamText())
                                .next(printed.offset(), printed.bytes()));
        }
    }

    private void show(Channel channel, String text) {
        if (!text.isEmpty()) {
            pieces.add(new OutputView.Piece(channel.name().toLowerCase(Locale.ROOT), text));
        }
    }

    /** Hands over what was gathered, and how the run stands: then it is gathered no more. */
    RunUpdate take(RunSummary run, @Nullable WaitingFor waiting, OutputSize size) {
        var update = new RunUpdate(run, waiting, size, fresh, moves, pieces);
        fresh = false;
        moves.clear();
        pieces.clear();
        return update;
    }
}
