package dev.artemis.reports.web;

import dev.artemis.reports.Statistics;
import dev.artemis.reports.StatisticsSection;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/statistics")
class StatisticsController {

    private final Statistics statistics;
    private final List<StatisticsSection> sections;

    StatisticsController(Statistics statistics, List<StatisticsSection> sections) {
        this.statistics = statistics;
        this.sections = List.copyOf(sections);
    }

    @GetMapping
    @RequiresScope(Scope.COSTS_READ)
    Map<String, Object> statistics(Caller.ForProject caller) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("cost_tracking", statistics.costTracking(caller.tenant(), caller.project(), caller.key()));
        for (StatisticsSection section : sections) {
            answer.put(section.name(), section.figures(caller.tenant(), caller.project()));
        }
        return answer;
    }
}
