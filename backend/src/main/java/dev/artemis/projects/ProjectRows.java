package dev.artemis.projects;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ProjectRows extends Repository<ProjectRow, UUID> {

    ProjectRow save(ProjectRow row);

    /** Writes now, so that a slug that is taken is told now. */
    void flush();

    Optional<ProjectRow> findById(UUID id);

    Optional<ProjectRow> findBySlug(String slug);

    List<ProjectRow> findAllByOrderBySlug();
}
