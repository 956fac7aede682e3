// The button of the rich text editor that links words to a course.
"use strict";

(() => {
  const { React, DraftJS, draftail } = window;

  // Opens the same dialogue as every other field that chooses a course.
  class CourseSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.courseChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData(course) {
      return { id: course.id, title: course.string, url: course.edit_url };
    }

    onChosen(course) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", this.filterEntityData(course));
      const key = content.getLastCreatedEntityKey();
      let changed;
      if (selection.isCollapsed()) {
        const filled = DraftJS.Modifier.replaceText(content, selection, course.title, null, key);
        changed = DraftJS.EditorState.push(editorState, filled, "insert-characters");
      } else {
        changed = DraftJS.RichUtils.toggleLink(editorState, selection, key);
      }
      this.workflow.close();
      onComplete(changed);
    }
  }

  // The words themselves, with a tooltip that names the course.
  const CourseLink = (props) => {
    const { title, url } = props.contentState.getEntity(props.entityKey).getData();
    const shown = url
      ? { icon: "list-ul", label: title, url }
      : { icon: "warning", label: props.entityType?.missing || "", url: null };
    return React.createElement(draftail.TooltipEntity, { ...props, ...shown });
  };

  draftail.registerPlugin(
    { type: "COURSE", source: CourseSource, decorator: CourseLink },
    "entityTypes",
  );
})();
