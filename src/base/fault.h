/*
 * The seam for injected failures (DESIGN 10.9, after SQLite's MemFault and curl's torture tests).
 * Each fallible call to the outside (SQL, file, socket) asks fault_here() first and behaves as if
 * the system had refused when it answers true. In production no plan is set and the cost is one
 * load. A fault loop counts the calls of one run, then repeats the run failing call 1, 2, … each
 * once and then persistently, and makes the same invariant check after each.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum {
    FAULT_SQL = 1 << 0,
    FAULT_FILE = 1 << 1,
    FAULT_SOCKET = 1 << 2,
    FAULT_ALL = FAULT_SQL | FAULT_FILE | FAULT_SOCKET,
} FaultKind;

/* True if this call must fail. Sets errno to ENOSPC for FAULT_FILE, ECONNRESET for FAULT_SOCKET. */
bool fault_here(FaultKind kind);

/* From now on count calls of these kinds; fail the nth (1-based; 0 = only count), and every later
 * one too if persistent. */
void fault_plan(FaultKind kinds, uint64_t nth, bool persistent);

/* The same, but the nth call ends the process at once, as SIGKILL does: for a child of a test. */
void fault_plan_kill(FaultKind kinds, uint64_t nth);

/* The same, but nothing fails: before the nth call another does its work, as another process would.
 * Its own calls are counted too. */
typedef void FaultMeanwhile(void *data);
void fault_plan_meanwhile(FaultKind kinds, uint64_t nth, FaultMeanwhile *meanwhile, void *data);

/* Ends the plan; returns how many calls were counted. */
uint64_t fault_end(void);
