/** The REST edge of projects: made, listed and changed by a team's owners and the platform's administrators. */
@NullMarked
package dev.artemis.projects.web;

import org.jspecify.annotations.NullMarked;
