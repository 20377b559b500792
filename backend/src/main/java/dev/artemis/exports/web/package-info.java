/** The REST edge of exports: a project's, a team's and the platform's files. */
@NullMarked
package dev.artemis.exports.web;

import org.jspecify.annotations.NullMarked;
