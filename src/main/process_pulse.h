/*
 * The pulse of one of this newsroom's processes (base/pulse.h), in run/: "stand", "forms",
 * "worker-press" …, as office/machine_part.c looks for them. A process goes on without one: nothing
 * depends on it but what the office shows.
 */
#pragma once

#include "base/pulse.h"
#include "main/newsroom.h"

/* NULL if it cannot be had; the reason is printed, unless another process of the name
 * has it, or there is no run/. */
Pulse *process_pulse(const Newsroom *newsroom, const char *name, size_t room);
