package dev.artemis.reports.web;

import dev.artemis.reports.Statistics;
import dev.artemis.reports.StatisticsSection;
import dev.artemis.shared.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole team's figures since the beginning, for its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/statistics")
class TeamStatisticsController {

    private final Statistics statistics;
    private final List<StatisticsSection> sections;

    TeamStatisticsController(Statistics statistics, List<StatisticsSection> sections) {
        this.statistics = statistics;
        this.sections = List.copyOf(sections);
    }

    @GetMapping
    Map<String, Object> statistics(Caller.ForTenant caller) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("cost_tracking", statistics.costTracking(caller.tenant()));
        for (StatisticsSection section : sections) {
            answer.put(section.name(), section.figures(caller.tenant(), null));
        }
        return answer;
    }
}
