#pragma once

#include <sys/types.h>

/* Programs, threads and their signals. Functions return -errno where they fail. */

/* A program to start. */
struct sfs_program {
    const char *path;                /* absolute */
    char *const *arguments;          /* NULL at the end */
    char *const *environment;        /* NULL at the end */
    const char *folder;              /* where it starts */
    int output;                      /* becomes its standard output and error; -1 = /dev/null */
    int death_signal;                /* sent to it when the starting thread ends; 0 = none */
    const char *user_name;           /* whose supplementary groups it gets; NULL = user is kept */
    uid_t user;
    gid_t group;
};

/* How far a program came that could not be started. */
enum sfs_stage {
    SFS_STAGE_FORK,
    SFS_STAGE_USER,
    SFS_STAGE_FOLDER,
    SFS_STAGE_EXEC,
};

/*
 * Starts a program in a session of its own, with default signals and no descriptor but 0, 1, 2.
 * Returns its process id, or -errno with *stage saying what failed.
 */
pid_t sfs_spawn(const struct sfs_program *program, enum sfs_stage *stage);

/* A descriptor that becomes readable when the process ends. */
int sfs_pidfd_open(pid_t process);

/* A non-blocking event counter (eventfd(2)). */
int sfs_eventfd(void);

/* Names the calling thread; 15 bytes are kept. */
void sfs_name_thread(const char *name);

/* Removes a folder and all in it, following no link and leaving its filesystem never. */
int sfs_remove_tree(const char *path);
